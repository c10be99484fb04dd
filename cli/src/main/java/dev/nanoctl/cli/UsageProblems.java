package dev.nanoctl.cli;

import dev.nanoctl.core.Closest;
import dev.nanoctl.core.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in our own words what is wrong with the arguments. */
final class UsageProblems {
  private static final String CODE = "NC-USAGE";

  private UsageProblems() {}

  static Problem of(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String help = command.qualifiedName() + " --help";
    return switch (e) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched.getUnmatched(), command);
      case MissingParameterException missing -> missing(missing, help);
      case OverwrittenOptionException twice ->
          usage(label(twice.getOverwritten()) + " is given twice", help);
      case MutuallyExclusiveArgsException both -> usage(lower(both.getMessage()), help);
      default -> other(e, help);
    };
  }

  private static Problem unmatched(List<String> words, CommandSpec command) {
    String word = words.getFirst();
    String help = command.qualifiedName() + " --help";
    if (word.startsWith("-") && word.length() > 1) {
      String name = word.replaceFirst("=.*", "");
      List<String> options =
          command.options().stream()
              .filter(option -> !option.hidden())
              .map(OptionSpec::longestName)
              .toList();
      return usage(
          command.qualifiedName() + " has no option " + name,
          Closest.to(name, options).map(near -> "did you mean " + near + "?").orElse(help));
    }
    if (command.subcommands().isEmpty()) {
      return usage(command.qualifiedName() + " does not take \"" + word + "\"", help);
    }
    List<String> verbs =
        command.subcommands().entrySet().stream()
            .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
            .map(java.util.Map.Entry::getKey)
            .toList();
    return new Problem.Usage(
        "NC-COMMAND-UNKNOWN",
        "there is no command " + command.qualifiedName() + " " + word,
        Closest.to(word, verbs)
            .map(near -> "did you mean: " + command.qualifiedName() + " " + near)
            .orElse(help));
  }

  private static Problem missing(MissingParameterException e, String help) {
    List<ArgSpec> missing = e.getMissing();
    if (missing.isEmpty()) {
      return usage(lower(e.getMessage()), help);
    }
    boolean noValue =
        missing.size() == 1 && missing.getFirst().isOption() && !missing.getFirst().required();
    if (noValue) {
      return usage(label(missing.getFirst()) + " needs a value", help);
    }
    String names = missing.stream().map(UsageProblems::label).collect(Collectors.joining(", "));
    return usage(names + (missing.size() == 1 ? " is missing" : " are missing"), help);
  }

  private static Problem other(ParameterException e, String help) {
    ArgSpec argument = e.getArgSpec();
    String value = e.getValue();
    if (argument != null && value != null) {
      return usage(
          label(argument) + " cannot be \"" + value + "\"; allowed: " + allowed(argument), help);
    }
    return usage(lower(e.getMessage()), help);
  }

  private static String allowed(ArgSpec argument) {
    Class<?> type = argument.type();
    if (type.isEnum()) {
      return java.util.Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));
    }
    return type == int.class || type == Integer.class ? "a whole number" : "another form";
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String lower(@Nullable String message) {
    return message == null || message.isEmpty()
        ? "wrong usage"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static Problem usage(String message, String fix) {
    return new Problem.Usage(CODE, message, fix);
  }
}
