// Says "typing" at a key press, and "not any more" after a pause.

const PAUSE_MS = 3_000;

export function typing(say: (is: boolean) => void): { press: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    say(false);
  };
  const press = () => {
    clearTimeout(timer);
    say(true);
    timer = setTimeout(stop, PAUSE_MS);
  };
  return { press, stop };
}
