package dev.nanoctl.server.http;

import org.jspecify.annotations.Nullable;

/** The shapes of the envelope. */
public final class EnvelopeSchemas {
  /** An error. */
  public static final Schema FAILURE =
      Schema.named(
          "Failure",
          Schema.object()
              .required("success", Schema.bool())
              .required(
                  "error",
                  Schema.object()
                      .required("code", Schema.text())
                      .required("message", Schema.text())
                      .required("details", Schema.any()))
              .required("timestamp", Schema.time()));

  private EnvelopeSchemas() {}

  /** A success with data, and perhaps meta, of these shapes. */
  public static Schema.Fields success(Schema data, Schema.@Nullable Fields meta) {
    Schema.Fields envelope =
        Schema.object().required("success", Schema.bool()).required("data", data);
    return (meta == null ? envelope : envelope.required("meta", meta))
        .required("timestamp", Schema.time());
  }

  static String words(int status) {
    return switch (status) {
      case 200 -> "Done.";
      case 201 -> "Created.";
      case 202 -> "Accepted; it is done later.";
      case 204 -> "Done; there is nothing to say.";
      case 206 -> "The part that was asked for.";
      default -> "See the status.";
    };
  }
}
