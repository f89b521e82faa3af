/** How often the parent is looked at: what it leaves behind lives on this much longer at most. */
const LOOK_MS = 500;

/**
 * Calls `gone` once when the process that started this one has ended, however it ended: this one has then been handed to
 * another parent. Keeps nothing alive. Returns how to stop looking.
 */
export function onParentGone(gone: () => void): () => void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    gone();
  }, LOOK_MS);
  look.unref();
  return () => clearInterval(look);
}
