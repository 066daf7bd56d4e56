import type { Pod } from '../../../core/kubernetes.ts';
import type { Selection } from '../layer.ts';
import type { FollowedKind } from './follow-kind.ts';

/** Pods whose selector may change. */
export type FollowedPods = {
  /** Undefined while none are asked for. */
  readonly current: () => FollowedKind<Pod> | undefined;
  /** To be called whenever the Services or the pods have changed. */
  readonly steer: (selection: Selection | undefined) => void;
};

/** Where a selector finds no pod, all of the namespace are followed: the nearest miss is in it. */
export function followPods(
  namespace: string | undefined,
  follow: (selection: Selection) => FollowedKind<Pod>,
): FollowedPods {
  let wanted: string | undefined;
  let pods: FollowedKind<Pod> | undefined;
  let isWide = false;

  function change(selection: Selection | undefined): void {
    pods?.stop();
    pods = selection && follow(selection);
  }

  return {
    current: () => pods,
    steer(selection) {
      const asked = JSON.stringify(selection);
      if (asked !== wanted) {
        wanted = asked;
        isWide = false;
        change(selection);
      }
      const layer = pods?.layer();
      if (layer?.state !== 'Read' || layer.items.length > 0 || isWide) return;
      isWide = true;
      change({ namespace });
    },
  };
}
