import { peakOf, timings } from '../measure.ts';
import { eps, kubectl } from '../programs.ts';
import { ratio, type Section } from '../section.ts';

/** 202 Services of 6000 pods, against what kubectl takes to read the same. */
export const list: Section = async (stage) => {
  const client = await stage.fleet();
  const listing = eps(['list', '-A'], client.kubeconfig);
  const taken = await timings({
    'kubectl get pods,endpoints,endpointslices': kubectl(client, [
      'get',
      'pods,endpoints,endpointslices',
      '-A',
      '-o',
      'json',
    ]),
    'list -A': listing,
  });
  const base = taken['kubectl get pods,endpoints,endpointslices'];
  const figure = { what: 'list -A of the fleet', unit: 'of kubectl get -A -o json', atMost: 1 / 8 };
  return {
    figures: [
      { ...figure, value: ratio(taken['list -A'], base) },
      { what: 'list -A of the fleet', value: await peakOf(listing), unit: 'MB in memory', atMost: 200 },
    ],
    timings: taken,
  };
};
