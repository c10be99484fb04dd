package dev.nanoctl.appliance.plan;

/**
 * Everything a change of the number of app containers follows from.
 *
 * @param noted how many there are to be so far
 * @param running how many there are
 * @param wanted how many there shall be, 1 to 20
 */
public record ScaleFacts(int noted, int running, int wanted) {
  /** The most containers of the app that one machine is asked to run. */
  public static final int MOST = 20;
}
