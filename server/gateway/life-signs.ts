import type { HeartBeat } from "#server/stomp/heart-beat.ts";
import type { Timer, TimerWheel } from "#server/stomp/timer-wheel.ts";

/** The connection whose life is watched. */
export interface Pulse {
  readonly bytesRead: number;
  /** We do not read ourselves at the moment, so silence says nothing. */
  readonly paused: boolean;
  quiet(): boolean;
  heartBeat(): void;
  ping(): void;
}

/** Intervals of silence that are allowed: browsers let the timers of a hidden tab fire once a minute. */
const TOLERANCE = 3;

/**
 * Sends heart-beats as agreed and calls `silent` when nothing has come for three intervals. A WebSocket ping asks the peer first, so that clients without
 * heart-beats are watched as well, every `usual` ms.
 */
export function watchLife(
  pulse: Pulse,
  wheel: TimerWheel,
  agreed: HeartBeat,
  usual: number,
  silent: () => void,
): { stop(): void } {
  const beats = agreed.send > 0 ? sendHeartBeats(pulse, wheel, agreed.send) : undefined;
  const interval = agreed.receive || usual;
  let heard = pulse.bytesRead;
  let silence = 0;
  let timer: Timer | undefined;
  const look = () => {
    const bytes = pulse.bytesRead;
    silence = bytes === heard && !pulse.paused ? silence + 1 : 0;
    heard = bytes;
    if (silence >= TOLERANCE) return silent();
    pulse.ping();
    timer = wheel.after(interval, look);
  };
  if (interval > 0) timer = wheel.after(interval, look);
  return {
    stop() {
      beats?.stop();
      timer?.cancel();
    },
  };
}

function sendHeartBeats(pulse: Pulse, wheel: TimerWheel, interval: number): { stop(): void } {
  // Looked at well within half the interval: a frame just after one look leaves a gap until the look after the next.
  const look = () => {
    if (pulse.quiet()) pulse.heartBeat();
    timer = wheel.after(interval * 0.4, look);
  };
  let timer = wheel.after(interval * 0.4, look);
  return { stop: () => timer.cancel() };
}
