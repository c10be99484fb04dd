package dev.nanoctl.cli.restore;

import dev.nanoctl.core.json.JsonObject;

/**
 * What a restore was asked for, as it is written to the operation's journal.
 *
 * @param to what to restore to, as {@code RecoveryWish} reads it
 * @param target the name of the target to restore from
 * @param config whether configuration and secrets come back, too
 */
record RestoreOrder(String to, String target, boolean config) {
  JsonObject json() {
    return JsonObject.builder().put("to", to).put("target", target).put("config", config).build();
  }

  static RestoreOrder of(JsonObject json) {
    return new RestoreOrder(
        json.text("to").orElseThrow(),
        json.text("target").orElseThrow(),
        json.bool("config").orElse(false));
  }
}
