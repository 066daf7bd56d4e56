import { kubectl, eps } from '../programs.ts';
import { timings } from '../measure.ts';
import { ratio, type Section } from '../section.ts';

/** One Service of 20 pods, against the plainest question about it. */
export const small: Section = async (stage) => {
  const client = await stage.client();
  const namespace = await stage.crowd(20);
  const taken = await timings({
    'kubectl get svc': kubectl(client, ['get', 'svc', 'httpbin', '-n', namespace]),
    'diff of 20 pods': eps(['diff', 'httpbin', '-n', namespace, '-o', 'json'], client.kubeconfig),
  });
  return {
    figures: [
      {
        what: 'diff of 20 pods',
        value: ratio(taken['diff of 20 pods'], taken['kubectl get svc']),
        unit: 'of kubectl get svc',
        atMost: 1.2,
      },
    ],
    timings: taken,
  };
};
