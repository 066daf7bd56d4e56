import { describe, expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import { listedFindings } from '../../source/core/listed-findings.ts';
import { fakeIo } from '../helpers/io.ts';

async function explain(...args: readonly string[]) {
  const fake = fakeIo(['explain', ...args]);
  const code = await main(fake.io);
  return { code, stdout: fake.stdout(), stderr: fake.stderr() };
}

describe('explain without a code', () => {
  test('lists every finding with severity, layer and one line', async () => {
    const { code, stdout, stderr } = await explain();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head, ...lines] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^CODE +SEVERITY +LAYER +SUMMARY$/);
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(
      listedFindings.map((each) => each.code).sort(),
    );
    expect(lines.find((line) => line.startsWith('EndpointsTruncated'))).toMatch(
      /^EndpointsTruncated +Error,Warning +Endpoints +Endpoints is cut at 1000 addresses/,
    );
  });

  test('lists the worst first', async () => {
    const { stdout } = await explain();
    const worst = [...stdout.matchAll(/^\w+ +(Error|Warning|Info)/gm)].map(([, severity]) => severity);
    expect(worst).toEqual([
      ...worst.filter((severity) => severity === 'Error'),
      ...worst.filter((severity) => severity === 'Warning'),
      ...worst.filter((severity) => severity === 'Info'),
    ]);
  });
});

describe('explain CODE', () => {
  test('prints the page in the layout of kubectl explain', async () => {
    const { code, stdout, stderr } = await explain('ReadinessSplit');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "CODE:       ReadinessSplit
      SEVERITY:   Warning
      LAYER:      Endpoints

      MEANING:
          Endpoints holds the address, but among notReadyAddresses while the pod is
          ready, or the other way round. The EndpointSlices are right, so only
          consumers of Endpoints are hurt.

      HOW IT COMES ABOUT:
          The endpoints controller compared its wish with a cached copy of the object
          that was already out of date, found no difference and did not write: after
          quick flips of readiness, or when the API server was in trouble. Nothing
          repairs it until the Service or one of its pods changes.

      WHAT THE OBJECTS LOOK LIKE:
          kind: Endpoints
          subsets:
            - notReadyAddresses: [{ ip: 10.0.0.7 }]   # the pod: Ready=True; the slice: ready: true

      WHAT TO DO:
          Make the controller look again: any write to the Service does, an annotation
          for instance. (A write to the Endpoints object does not.) Let consumers read
          EndpointSlices.

          kubectl annotate service SERVICE -n NAMESPACE --overwrite eps/looked-at="$(date +%s)"

      VERSIONS:
          any: no bug of certain versions is known to be behind it

      THREADS:
          https://github.com/kubernetes/kubernetes/issues/125638
          https://github.com/kubernetes/kubernetes/issues/125619
          https://github.com/kubernetes/kubernetes/issues/127429
      "
    `);
  });

  test.each(listedFindings.map(({ code }) => code))(
    'has a whole page for %s, in 80 columns',
    async (code) => {
      const { stdout } = await explain(code);
      expect(stdout).toContain(`CODE:       ${code}\n`);
      for (const heading of [
        'MEANING',
        'HOW IT COMES ABOUT',
        'WHAT THE OBJECTS LOOK LIKE',
        'WHAT TO DO',
        'VERSIONS',
      ])
        expect(stdout).toMatch(new RegExp(`\\n${heading}:\\n {4}\\S`));
      const prose = stdout.split('\n').filter((line) => /^ {4}[A-Z][^:{]*$/.test(line));
      expect(prose.filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test('names the versions that have the bug, and how that is known', async () => {
    const { stdout } = await explain('UpstreamCutByEndpoints');
    expect(stdout).toContain(
      '    discovery of apisix from 3.9.0, fixed in 3.14.0 (read in its source, not\n    seen in a run)\n',
    );
  });

  test('takes the code in any case of letters', async () => {
    expect(await explain('endpointstruncated')).toEqual(await explain('EndpointsTruncated'));
  });

  test.each([
    ['EndpointTruncated', 'kubectl eps explain EndpointsTruncated'],
    ['portmising', 'kubectl eps explain PortMissing'],
    ['Readiness', 'kubectl eps explain ReadinessSplit'],
    ['nonsense', 'kubectl eps explain'],
  ])('of %s is an error that names the nearest', async (word, hint) => {
    expect(await explain(word)).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: unknown finding "${word}"\nhint: ${hint}\n`,
    });
  });

  test('takes one code only', async () => {
    expect(await explain('PortMissing', 'NodeMissing')).toMatchObject({
      code: 1,
      stderr: "error: unexpected arguments: [NodeMissing]\nSee 'kubectl eps explain --help' for usage.\n",
    });
  });
});
