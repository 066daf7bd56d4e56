import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { quietTime } from '../../source/core/quiet.ts';
import type { Client } from '../../test/cluster/plane/client.ts';
import { floor } from '../floor.ts';
import { outputOf, peakOf, timings, type Command } from '../measure.ts';
import { eps } from '../programs.ts';
import { openRelay } from '../relay.ts';
import { ratio, type Figure, type Findings, type Section } from '../section.ts';

/** What the issue of speed asks for, by the number of pods. */
const targets = {
  2000: { pipeline: 1 / 15, floor: 1.3, memory: 100, megabytes: 0.6 },
  5000: { pipeline: 1 / 20, floor: 1.3, memory: 140 },
} as const;

type Replicas = keyof typeof targets;

const selector = 'app=httpbin-deployment';

const args = (namespace: string) => ['diff', 'httpbin', '-n', namespace, '-o', 'json'];

async function megabytesOf(client: Client, namespace: string): Promise<number> {
  const relay = await openRelay(client);
  try {
    await outputOf(eps([...args(namespace), '--settle', '0'], relay.kubeconfig));
    return relay.received() / 1e6;
  } finally {
    relay.close();
  }
}

async function diffOf(replicas: Replicas, client: Client, namespace: string): Promise<Findings> {
  // Until a second reading need not wait: what is asked for is a quiet cluster.
  await pause(quietTime);
  const pipeline = path.join(import.meta.dirname, '../pipeline.sh');
  const once: Command = eps([...args(namespace), '--settle', '0'], client.kubeconfig);
  const confirmed: Command = eps(args(namespace), client.kubeconfig);
  const taken = await timings({
    pipeline: { program: pipeline, args: [namespace, 'httpbin', selector], env: client.env },
    floor: floor(client, namespace, 'httpbin', selector),
    once,
    confirmed,
  });
  const target = targets[replicas];
  const what = `diff of ${replicas} pods`;
  const figures: readonly Figure[] = [
    { what, value: ratio(taken.once, taken.pipeline), unit: 'of the pipeline', atMost: target.pipeline },
    { what, value: ratio(taken.once, taken.floor), unit: 'of the floor', atMost: target.floor },
    {
      what: `${what}, confirmed`,
      value: ratio(taken.confirmed, taken.once),
      unit: 'of one reading',
      atMost: 1.6,
    },
    { what, value: await peakOf(once), unit: 'MB in memory', atMost: target.memory },
    {
      what,
      value: await megabytesOf(client, namespace),
      unit: 'MB on the wire',
      ...('megabytes' in target && { atMost: target.megabytes }),
    },
  ];
  const named = Object.entries(taken).map(([name, timing]) => [`${replicas} pods: ${name}`, timing] as const);
  return { figures, timings: Object.fromEntries(named) };
}

/** The drift of a Service that is cut in Endpoints, against the pipeline and against what cannot be beaten. */
export const diff: Section = async (stage) => {
  const client = await stage.client();
  const all: Findings[] = [];
  for (const replicas of [2000, 5000] as const) {
    all.push(await diffOf(replicas, client, await stage.crowd(replicas)));
  }
  return {
    figures: all.flatMap(({ figures }) => figures),
    timings: Object.assign({}, ...all.map(({ timings: taken }) => taken)) as NonNullable<Findings['timings']>,
    remarks: [
      'pipeline: bench/pipeline.sh, three `kubectl get -o json` side by side and jq, which aligns them',
      'floor: curl of the same protobuf in parallel, then `kubectl-eps --version`',
      'once: `diff --settle 0 -o json`; confirmed: the same without `--settle`',
    ],
  };
};
