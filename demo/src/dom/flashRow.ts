const mostFrames = 60;

/** Marks a row for a moment once it is on the page: it may have to be scrolled to first. */
export function flashRow(key: string): void {
  let frames = 0;
  const look = () => {
    const row = document.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(key)}"]`);
    if (row === null) {
      if (frames++ < mostFrames) requestAnimationFrame(look);
      return;
    }
    row.dataset['found'] = '';
    row.addEventListener(
      'animationend',
      () => {
        delete row.dataset['found'];
      },
      { once: true },
    );
  };
  requestAnimationFrame(look);
}
