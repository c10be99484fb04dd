package dev.nanoctl.appliance.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.process.RunningProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final Instant start = Instant.EPOCH;
  private final SleepingService service = new SleepingService();

  @AfterEach
  void end() throws Exception {
    service.killAll();
  }

  @Test
  void aServiceIsStartedAndRunsOnceItAnswers() throws Exception {
    var watch = watch();
    watch.tick(start);
    assertThat(watch.state()).isEqualTo(State.STARTING);

    service.answers = true;
    watch.tick(start.plusSeconds(1));

    assertThat(watch.state()).isEqualTo(State.RUNNING);
    assertThat(service.starts).isEqualTo(1);
  }

  @Test
  void aServiceThatEndsIsStartedAgainLaterEachTime() throws Exception {
    var watch = watch();
    Instant now = start;
    watch.tick(now);
    for (int failure = 1; failure <= 3; failure++) {
      service.kill();
      watch.tick(now);
      if (failure > 1) {
        assertThat(watch.state()).isEqualTo(State.RESTARTING);
        now = now.plus(Watch.pause(failure - 1));
        watch.tick(now.minusMillis(1));
        assertThat(service.starts).isEqualTo(failure);
        watch.tick(now);
      }
      assertThat(service.starts).isEqualTo(failure + 1);
      assertThat(watch.failures()).isEqualTo(failure);
    }
  }

  @Test
  void pausesGrowAndStopGrowing() {
    assertThat(Watch.pause(0)).isZero();
    assertThat(Watch.pause(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(Watch.pause(2)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Watch.pause(50)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aSurvivorIsAdoptedInsteadOfStartingASecond() throws Exception {
    RunningProcess survivor = service.start();
    service.starts = 0;
    service.survivor = Optional.of(survivor);
    var watch = watch();

    watch.tick(start);

    assertThat(watch.process()).contains(survivor);
    assertThat(service.starts).isZero();
  }

  @Test
  void aServiceThatDoesNotAnswerAnyMoreIsEndedAndStartedAnew() throws Exception {
    var watch = watch();
    service.answers = true;
    watch.tick(start);
    RunningProcess mute = watch.process().orElseThrow();
    service.answers = false;

    watch.tick(start.plusSeconds(10));
    assertThat(watch.state()).isEqualTo(State.STARTING);
    watch.tick(start.plusSeconds(20));
    watch.tick(start.plusSeconds(30));
    assertThat(mute.alive()).isTrue();
    assertThat(watch.hangs()).isZero();
    watch.tick(start.plusSeconds(31));
    watch.tick(start.plusSeconds(32));

    assertThat(mute.alive()).isFalse();
    assertThat(service.abandoned).isEqualTo(1);
    assertThat(watch.process()).isPresent().isNotEqualTo(Optional.of(mute));
    assertThat(watch.hangs()).isEqualTo(1);
    assertThat(watch.hung()).contains(start);
  }

  @Test
  void oneLookAfterALongPauseIsNotEnough() throws Exception {
    var watch = watch();
    service.answers = true;
    watch.tick(start);
    RunningProcess process = watch.process().orElseThrow();
    service.answers = false;

    watch.tick(start.plusSeconds(500));
    watch.tick(start.plusSeconds(501));
    assertThat(process.alive()).isTrue();
    service.answers = true;
    watch.tick(start.plusSeconds(502));
    service.answers = false;
    watch.tick(start.plusSeconds(600));

    assertThat(process.alive()).isTrue();
    assertThat(watch.hangs()).isZero();
  }

  @Test
  void aServiceThatHasNotAnsweredYetIsGivenLonger() throws Exception {
    var watch = watch();
    watch.tick(start);
    RunningProcess slow = watch.process().orElseThrow();
    for (int second : new int[] {30, 60, 120, 150}) {
      watch.tick(start.plusSeconds(second));
    }
    assertThat(slow.alive()).isTrue();

    watch.tick(start.plusSeconds(151));

    assertThat(slow.alive()).isFalse();
  }

  @Test
  void aServiceThatMayBeBusyForLongIsLeftAlone() throws Exception {
    service.restartWhenMute = false;
    var watch = watch();
    watch.tick(start);
    RunningProcess busy = watch.process().orElseThrow();

    watch.tick(start.plusSeconds(600));

    assertThat(busy.alive()).isTrue();
    assertThat(service.starts).isEqualTo(1);
  }

  @Test
  void failuresAreForgottenAfterAMinuteOfHealth() throws Exception {
    var watch = watch();
    service.answers = true;
    watch.tick(start);
    service.kill();
    watch.tick(start.plusSeconds(1));
    assertThat(watch.failures()).isEqualTo(1);

    watch.tick(start.plusSeconds(30));
    watch.tick(start.plusSeconds(100));

    assertThat(watch.failures()).isZero();
  }

  private Watch watch() {
    return new Watch(service, InstantSource.fixed(start), start);
  }

  /** A service that is a real process and answers when it is told to. */
  private static final class SleepingService implements Service {
    private Optional<Process> process = Optional.empty();
    private Optional<RunningProcess> survivor = Optional.empty();
    private boolean answers;
    private boolean restartWhenMute = true;
    private int starts;
    private int abandoned;

    @Override
    public String name() {
      return "sleeper";
    }

    @Override
    public Optional<RunningProcess> running() {
      return survivor;
    }

    @Override
    public RunningProcess start() throws IOException {
      starts++;
      Process sleeping = new ProcessBuilder("sleep", "600").start();
      process = Optional.of(sleeping);
      return RunningProcess.of(sleeping.pid()).orElseThrow();
    }

    @Override
    public boolean healthy() {
      return answers;
    }

    @Override
    public void stop(RunningProcess running) throws IOException, InterruptedException {
      running.signal("KILL");
      running.awaitEnd(Duration.ofSeconds(5));
    }

    @Override
    public void abandon(RunningProcess running) throws IOException, InterruptedException {
      abandoned++;
      stop(running);
    }

    @Override
    public boolean restartWhenMute() {
      return restartWhenMute;
    }

    void kill() throws InterruptedException {
      process.orElseThrow().destroyForcibly().waitFor();
    }

    void killAll() throws InterruptedException {
      if (process.isPresent()) {
        kill();
      }
    }
  }
}
