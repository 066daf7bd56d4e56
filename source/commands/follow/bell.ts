export type Bell = {
  /** One ring is kept for whoever listens later; more are as good as one. */
  readonly ring: () => void;
  /** Resolves at a ring, or after so many ms. */
  readonly heard: (ms: number) => Promise<void>;
};

export function hangBell(): Bell {
  let isRung = false;
  let wake: () => void = () => undefined;
  return {
    ring() {
      isRung = true;
      wake();
    },
    async heard(ms) {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isRung = false;
    },
  };
}
