package dev.nanoctl.appliance.doctor;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One check, as data.
 *
 * @param name stable and unique
 * @param preflight whether it also decides if an installation may begin
 * @param judge what to make of the facts; reads nothing but them
 * @param fault turns good facts into ones that this check must not find well
 */
public record Check(
    String name,
    boolean preflight,
    Function<Facts, CheckResult> judge,
    UnaryOperator<Facts> fault) {}
