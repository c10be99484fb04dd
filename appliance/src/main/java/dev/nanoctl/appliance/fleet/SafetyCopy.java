package dev.nanoctl.appliance.fleet;

import java.util.List;

/**
 * Copies of the whole database that are taken before something risky, and put back when it fails.
 */
public interface SafetyCopy {
  /**
   * Takes a copy while the database goes on; one of that name that is whole already stays.
   *
   * @return what is worth telling about it, such as its size
   */
  String take(String name) throws InterruptedException;

  /** Puts the copy in the place of the database, which stops and starts for that. */
  void putBack(String name) throws InterruptedException;

  /** Removes a copy; that there is none is no failure. */
  void drop(String name) throws InterruptedException;

  /** The names of all copies of this instance. */
  List<String> names() throws InterruptedException;

  /**
   * Starts a server and the app of that image on the copy, apart from everything live, and asks it
   * what people ask.
   *
   * @return what is worth telling, such as how long migrating took; a problem when it is not well
   */
  String rehearse(String name, String image) throws InterruptedException;
}
