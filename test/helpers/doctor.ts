import type { RequestListener } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { main } from '../../source/commands/main.ts';
import type { DoctorReport } from '../../source/core/doctor/report.ts';
import { sendJson, sendStatus } from './api-server.ts';
import { folder, serve } from './cluster.ts';
import { apisixPod, configMap, controllerPod } from './installation.ts';
import { fakeIo } from './io.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { secrets } from './secrets.ts';

export const inApisix = '/api/v1/namespaces/ingress-apisix';

const schema = JSON.parse(
  readFileSync(new URL('../../schema/report.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);

export type Cluster = {
  readonly version?: string;
  readonly pods?: readonly unknown[];
  /** Answers by path; a number is the status of a refusal, a text a log. */
  readonly paths?: Readonly<Record<string, unknown>>;
  /** `verb resource` that the user may not do. */
  readonly denied?: readonly string[];
  /** Of the API server, in seconds beside the test's. */
  readonly clock?: number;
  readonly reviews?: 'Refused';
};

type Asked = { readonly method: string; readonly path: string; readonly body: string };

function listener(cluster: Cluster, asked: Asked[]): RequestListener {
  const { version = 'v1.37.2', pods = [], paths = {}, denied = [], clock = 0, reviews } = cluster;
  const answers: Readonly<Record<string, unknown>> = {
    '/version': { gitVersion: version },
    '/api/v1/pods': { items: pods },
    [`${inApisix}/services`]: { items: [] },
    ...paths,
  };
  return (request, response) => {
    const chunks: string[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '', 'http://test');
      const body = chunks.join('');
      asked.push({ method: request.method ?? '', path: pathname, body });
      response.setHeader('Date', new Date(Date.parse('2026-01-02T03:04:05Z') + clock * 1000).toUTCString());
      if (pathname.endsWith('/selfsubjectaccessreviews')) {
        if (reviews === 'Refused') {
          sendStatus(response, 403, 'Forbidden', 'selfsubjectaccessreviews is forbidden');
          return;
        }
        const { spec } = JSON.parse(body) as {
          readonly spec: { readonly resourceAttributes: Readonly<Record<string, string>> };
        };
        const { verb = '', resource = '', subresource } = spec.resourceAttributes;
        const what = `${verb} ${[resource, subresource ?? []].flat().join('/')}`;
        sendJson(response, { status: { allowed: !denied.includes(what) } }, 201);
        return;
      }
      const answer = answers[pathname] ?? 404;
      if (typeof answer === 'number') sendStatus(response, answer, 'Forbidden', 'not for you');
      else if (typeof answer === 'string') response.end(answer);
      else sendJson(response, answer);
    });
  };
}

export async function doctor(cluster: Cluster, ...args: readonly string[]) {
  const asked: Asked[] = [];
  const { url } = await serve(listener(cluster, asked));
  const kubeconfig = folder().write('config', kubeconfigText(url));
  const { io, stdout, stderr } = fakeIo(['doctor', '--kubeconfig', kubeconfig, ...args]);
  const code = await main(io);
  return { code, stdout: stdout().replaceAll(url, 'SERVER'), stderr: stderr(), asked };
}

export async function report(cluster: Cluster): Promise<DoctorReport> {
  const { code, stdout, stderr } = await doctor(cluster, '-o', 'json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document = JSON.parse(stdout) as DoctorReport;
  validate(document);
  expect(validate.errors).toBeNull();
  return document;
}

/** Codes but those of bugs that the versions have. */
export const codes = ({ findings }: DoctorReport) =>
  findings.map(({ code }) => code).filter((code) => code !== 'KnownBug');

const safeApisix = configMap(
  'apisix',
  `deployment: { admin: { allow_admin: [127.0.0.1/24], admin_key: [{ role: admin, key: ${secrets.adminKey} }] } }`,
);

/** The release `apisix` with a controller 1.8.4 of this configuration. */
export function release(config: string, paths: Cluster['paths'] = {}): Cluster {
  return {
    pods: [apisixPod(), controllerPod()],
    paths: {
      [`${inApisix}/configmaps/apisix`]: safeApisix,
      [`${inApisix}/configmaps/apisix-configmap`]: configMap(
        'apisix-configmap',
        config.replace(secrets.publicAdminKey, secrets.adminKey),
      ),
      ...paths,
    },
  };
}

export const controllerLog = `${inApisix}/pods/apisix-ingress-controller-7d5689c4d-228tr/log`;
