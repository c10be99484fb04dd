package dev.nanoctl.cli.testing;

/** What one call of the program, in this process, came to. */
public record TestCall(int status, String out, String err) {}
