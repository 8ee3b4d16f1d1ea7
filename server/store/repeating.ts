/** Repeats a task, `pause` ms after its last end, whatever became of it; returns what ends that. */
export function repeating(pause: number, task: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  let isOver = false;
  const again = () => {
    if (!isOver) timer = setTimeout(() => task().then(again, again), pause).unref();
  };
  again();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
