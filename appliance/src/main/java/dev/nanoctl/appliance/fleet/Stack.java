package dev.nanoctl.appliance.fleet;

import java.util.List;

/** The containers of one instance, as far as changing the app's needs them. */
public interface Stack {
  /** Every container of the app, running or not, the oldest first. */
  List<AppContainer> apps() throws InterruptedException;

  /**
   * Makes containers of the app from that image until there are that many in all. Those that exist
   * stay as they are, whatever image they have; it does not wait until they are well.
   */
  void start(String image, int total) throws InterruptedException;

  /** Asks a container to end, waits until it has finished what was under way, and removes it. */
  void drain(String id) throws InterruptedException;

  /** The last line a container wrote, for people; empty when it wrote none. */
  String lastWords(String id) throws InterruptedException;

  /** Removes an image of the app; one that a container is made from stays. */
  void dropImage(String image) throws InterruptedException;

  /** Makes the image of this program under that name, if there is none. */
  void build(String image) throws InterruptedException;
}
