package dev.nanoctl.appliance.engine.docker.fleet;

import java.io.IOException;

/** What only the whole of an instance's project knows to do. */
public interface Rendering {
  /** Writes the project's files so that new containers of the app are made from that image. */
  void use(String image) throws IOException, InterruptedException;

  /** Makes the image of this program under that name, if there is none. */
  void build(String image) throws IOException, InterruptedException;
}
