package dev.nanoctl.server.http;

import java.util.List;

/** The endpoints of one feature. */
public interface Routes {
  /** All of them, in the order the documentation shows them. */
  List<Endpoint> endpoints();
}
