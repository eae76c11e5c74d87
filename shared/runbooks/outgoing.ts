import { type Incident, nameOf } from '../incidents/index.ts';
import { digest, type Instant } from '../kernel/index.ts';
import { type Cluster, clusterFault } from './cluster.ts';
import type { Effect } from './command.ts';
import { type HttpCall, httpCall } from './http-line.ts';
import type { KubectlCall } from './kubectl.ts';
import { kubectlCall } from './kubectl-line.ts';
import { foreseen, requestText } from './kubernetes/foreseen.ts';
import { andThen, isRefused, type Parsed } from './parsed.ts';
import type { Run } from './run.ts';
import { filledJson, type Values } from './template.ts';

/** What of the organisation and the deployment decides what a command may reach. */
export interface Surroundings {
  /** Where the paths of `http:` steps begin. */
  readonly base?: string | undefined;
  readonly clusters: readonly Cluster[];
  /** Why the deployment allows some of them no more, by their names. @default none */
  readonly refused?: ReadonlyMap<string, string>;
  /** Why an address may not be asked; undefined when it may. @default all may, as far as is known */
  readonly addressFault?: (url: string) => string | undefined;
  /** Names that `lambda:` and `ssm:` steps may use, as whoever deployed allows them. */
  readonly functions: readonly string[];
  readonly documents: readonly string[];
}

/** A command as it goes out: filled, and found to be allowed. */
export type Outgoing =
  | { readonly kind: 'http'; readonly call: HttpCall }
  | { readonly kind: 'kubectl'; readonly call: KubectlCall; readonly cluster: Cluster }
  | { readonly kind: 'lambda'; readonly name: string; readonly payload: string }
  | {
      readonly kind: 'ssm';
      readonly document: string;
      readonly parameters: Readonly<Record<string, readonly string[]>>;
    };

/** The values that templates of a run may name. */
export function runValues(run: Pick<Run, 'id' | 'steps'>, incident: Incident | undefined): Values {
  const outputs = [...run.steps].flatMap(([id, { output }]) =>
    output === undefined ? [] : [[`steps.${id}.output`, output.trim()] as const],
  );
  return new Map([['run.id', run.id] as const, ...outputs, ...incidentValues(incident)]);
}

/** The values that templates may name of an incident. */
export function incidentValues(incident: Incident | undefined): readonly (readonly [string, string])[] {
  if (incident === undefined) return [];
  const { id, title, severity, service = '', state } = incident;
  const fields = { id, name: nameOf(incident), title, severity, service, state };
  return Object.entries(fields).map(([name, value]) => [`incident.${name}`, value] as const);
}

/** The command of a step with its values in it, or why it may not go out. */
export function outgoing(
  effect: Effect,
  values: Values,
  around: Surroundings,
  wantedCluster?: string,
): Parsed<Outgoing> {
  switch (effect.kind) {
    case 'http':
      return andThen(httpCall(effect.line, values, around.base), (call): Parsed<Outgoing> => {
        const fault = around.addressFault?.(call.url);
        return fault === undefined ? { value: { kind: 'http', call } } : { refused: fault };
      });
    case 'kubectl':
      return andThen(clusterFor(around.clusters, wantedCluster), (cluster) =>
        andThen(kubectlCall(effect.line, values), (call): Parsed<Outgoing> => {
          const fault = around.refused?.get(cluster.name) ?? clusterFault(cluster, call);
          return fault === undefined ? { value: { kind: 'kubectl', call, cluster } } : { refused: fault };
        }),
      );
    case 'lambda':
      if (!isAmong(effect.name, around.functions))
        return { refused: notAllowed('function', effect.name, 'runbookFunctions') };
      return andThen(filledJson(effect.payload, values), (payload) => ({
        value: { kind: 'lambda', name: effect.name, payload: JSON.stringify(payload) },
      }));
    case 'ssm':
      if (!isAmong(effect.document, around.documents))
        return { refused: notAllowed('document', effect.document, 'runbookDocuments') };
      return andThen(filledJson(effect.parameters, values), (parameters) => ({
        value: { kind: 'ssm', document: effect.document, parameters: listed(parameters) },
      }));
  }
}

const notAllowed = (what: string, name: string, setting: string): string =>
  `the ${what} '${name}' is not allowed; who runs this system allows it by the setting ${setting}`;

/** Whether a list has this name, or its beginning with an asterisk. */
function isAmong(name: string, list: readonly string[]): boolean {
  return list.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name));
}

/** The parameters of an automation are lists of texts. */
function listed(parameters: unknown): Readonly<Record<string, readonly string[]>> {
  const entries = Object.entries(parameters as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)]),
  );
}

/** The cluster that a step names, or the only one there is. */
function clusterFor(clusters: readonly Cluster[], wanted: string | undefined): Parsed<Cluster> {
  const found = wanted === undefined ? clusters[0] : clusters.find(({ name }) => name === wanted);
  if (wanted !== undefined)
    return found
      ? { value: found }
      : { refused: `there is no cluster '${wanted}'; register it by PUT /api/runbooks/clusters/${wanted}` };
  if (found === undefined)
    return {
      refused: 'no cluster is registered; an administrator does that by PUT /api/runbooks/clusters/{name}',
    };
  return clusters.length === 1
    ? { value: found }
    : {
        refused: `there are several clusters (${clusters.map(({ name }) => name).join(', ')}); say which by \`cluster\``,
      };
}

/** By what it is known whether a step still sends what it sent before, whatever the time; what is refused differs from all that is sent. */
export const sendsDigest = (ready: Parsed<{ readonly sent: Outgoing }>): string =>
  isRefused(ready) ? digest('refused') : digest('sends', ...sentText(ready.value.sent, 0));

/** What would go out, exactly, in lines for people. */
export function sentText(sent: Outgoing, now: Instant): readonly string[] {
  switch (sent.kind) {
    case 'http': {
      const { method, url, body } = sent.call;
      return [`${method} ${url}${body === undefined ? '' : `\n${body}`}`];
    }
    case 'kubectl':
      return foreseen(sent.call, now).map((request) => requestText(request, sent.cluster.endpoint));
    case 'lambda':
      return [`Invoke the function ${sent.name} with\n${sent.payload}`];
    case 'ssm':
      return [`Start the automation ${sent.document} with\n${JSON.stringify(sent.parameters)}`];
  }
}
