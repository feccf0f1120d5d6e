// Measures within the page, by the page's own clock. Installed by the bench; nothing of it is in the program.
const all = (name) => [...document.querySelectorAll(`[data-test=${name}]`)];
const grid = () => document.querySelector("[data-test=desk-grid]");
/** Which rows the page shows: what is drawn anew without another row in it is no answer to what was typed. */
const rows = () => `${grid()?.ariaRowCount} ${all("desk-row").map((row) => row.dataset.id)}`;

/** Tells when the next frame was drawn: a message from within its callbacks is delivered after its layout and paint. */
const drawn = (tell) =>
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => tell(performance.now());
    port2.postMessage(null);
  });

const watch = (what) => {
  const observer = new MutationObserver(what);
  const attributeFilter = ["data-id", "aria-rowcount"];
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter });
  return observer;
};

window.bench = {
  /** When the first rows were drawn, in milliseconds since 1970. */
  first: null,
  strokes: [],
  frames: [],
  bare: 0,

  standing: () => ({
    rests: all("desk-standing").length === 1 && all("desk-standing")[0].textContent.trim() === "",
    rows: Number(grid()?.ariaRowCount ?? 1) - 1,
  }),

  watchForRows() {
    const observer = watch(() => {
      if (!all("desk-row").some((row) => row.dataset.id)) return;
      observer.disconnect();
      drawn((at) => (bench.first = performance.timeOrigin + at));
    });
  },

  /** Notes each key stroke from now on: when it was made, when its letter was drawn, and when its rows were. */
  watchTyping() {
    let stroke = null;
    let shown = rows();
    const begin = ({ key, timeStamp }) => {
      if (key.length > 1 && key !== "Backspace") return (stroke = null);
      stroke = { key, at: timeStamp, letter: null, rows: null };
      bench.strokes.push(stroke);
    };
    const typed = () => {
      const mine = stroke;
      if (mine) drawn((at) => (mine.letter = at));
    };
    addEventListener("keydown", begin, true);
    addEventListener("input", typed, true);
    watch(() => {
      const now = rows();
      if (now === shown) return;
      shown = now;
      const mine = stroke;
      // Where rows come in two steps, the last counts.
      if (mine) drawn((at) => (mine.rows = at));
    });
  },

  /** Counts frames, and those among them in which a row that is in view had nothing in it yet. */
  beginFrames() {
    bench.frames = [];
    bench.bare = 0;
    bench.runs = true;
    const next = () => {
      if (!bench.runs) return;
      bench.frames.push(performance.now());
      const view = grid()?.getBoundingClientRect();
      const inView = (row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > view.top && top < view.bottom;
      };
      bench.bare += Number(all("desk-row").some((row) => row.ariaBusy === "true" && inView(row)));
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  },

  endFrames() {
    bench.runs = false;
    return { at: bench.frames, bare: bench.bare, scrolled: grid()?.scrollTop ?? 0 };
  },
};
