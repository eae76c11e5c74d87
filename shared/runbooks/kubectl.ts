import { sortWords } from './kubectl-flags.ts';
import { type KubeResource, resourceNamed } from './kubectl-resources.ts';
import { type Parsed, quoted } from './parsed.ts';

/** What of kubectl can be done, with whether it only reads: then it may be done twice. */
export const kubectlVerbs = {
  get: { reads: true, flags: ['namespace', 'selector'] },
  describe: { reads: true, flags: ['namespace'] },
  logs: { reads: true, flags: ['namespace', 'container', 'tail', 'since', 'previous'] },
  'rollout status': { reads: true, flags: ['namespace'] },
  'rollout restart': { reads: false, flags: ['namespace'] },
  'rollout undo': { reads: false, flags: ['namespace', 'to-revision'] },
  scale: { reads: false, flags: ['namespace', 'replicas', 'current-replicas'] },
  cordon: { reads: false, flags: [] },
  uncordon: { reads: false, flags: [] },
  patch: { reads: false, flags: ['namespace', 'patch', 'type'] },
} as const;

export type KubectlVerb = keyof typeof kubectlVerbs;

/** A command of kubectl that was understood. */
export interface KubectlCall {
  readonly verb: KubectlVerb;
  readonly resource: KubeResource;
  /** Absent where all of a kind are meant. */
  readonly name?: string;
  /** Absent for what belongs to no namespace. */
  readonly namespace?: string;
  readonly flags: ReadonlyMap<string, string>;
}

/** Names of objects as Kubernetes allows them (RFC 1123). */
const named = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const selector = /^[\w./-]+(=|==|!=)[\w.-]*(,[\w./-]+(=|==|!=)[\w.-]*)*$/;

/** Reads the words of a command line that begins with `kubectl`. */
export function kubectlOf(all: readonly string[]): Parsed<KubectlCall> {
  const [program, first = '', second = '', ...rest] = all;
  if (program !== 'kubectl') return { refused: 'the command begins with kubectl' };
  const isLong = first === 'rollout';
  const verb = isLong ? `${first} ${second}` : first;
  if (!isVerb(verb))
    return {
      refused: `${quoted(`kubectl ${verb}`.trim())} cannot be done here; allowed is ${Object.keys(kubectlVerbs).join(', ')}`,
    };
  const words = isLong ? rest : all.slice(2);
  const sorted = sortWords(words, new Set(kubectlVerbs[verb].flags));
  if ('refused' in sorted) return sorted;
  const { flags } = sorted.value;
  const target = targetOf(verb, sorted.value.words);
  if ('refused' in target) return target;
  const namespace = flags.get('namespace') ?? 'default';
  if (!named.test(namespace)) return { refused: `${quoted(namespace)} is no name of a namespace` };
  const fault = flagFault(verb, flags) ?? targetFault(verb, target.value, flags);
  if (fault !== undefined) return { refused: fault };
  const { isNamespaced } = target.value.resource;
  return { value: { verb, ...target.value, ...(isNamespaced && { namespace }), flags } };
}

const isVerb = (text: string): text is KubectlVerb => Object.hasOwn(kubectlVerbs, text);

type Target = Pick<KubectlCall, 'resource' | 'name'>;

/** `pods`, `pod/x`, `pod x`; of logs and cordon also only the name. */
function targetOf(verb: KubectlVerb, words: readonly string[]): Parsed<Target> {
  const [first, second, third] = words;
  if (first === undefined) return { refused: `kubectl ${verb} needs to know what` };
  const implied = verb === 'logs' ? 'pod' : verb === 'cordon' || verb === 'uncordon' ? 'node' : undefined;
  const [kind = '', name, ...more] = first.includes('/')
    ? first.split('/')
    : implied !== undefined
      ? [implied, first]
      : [first, second];
  const used = first.includes('/') || implied !== undefined ? second : third;
  if (used !== undefined || more.length > 0)
    return { refused: `one object at a time: ${quoted(words.join(' '))}` };
  const resource = resourceNamed(kind);
  if (resource === undefined) return { refused: `${quoted(kind)} is no kind of object that is known here` };
  if (name !== undefined && !named.test(name)) return { refused: `${quoted(name)} is no name of an object` };
  return { value: { resource, ...(name !== undefined && { name }) } };
}

/** What can be rolled out, and what can be scaled. */
const rolledOut: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
const scaled: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

function targetFault(
  verb: KubectlVerb,
  { resource: { kind }, name }: Target,
  flags: ReadonlyMap<string, string>,
): string | undefined {
  if (name === undefined && verb !== 'get') return `kubectl ${verb} needs the name of an object`;
  if (name !== undefined && flags.has('selector')) return 'a name and a selector exclude each other';
  if (verb === 'rollout undo' && kind !== 'Deployment') return 'only a deployment can be rolled back';
  if (verb.startsWith('rollout') && !rolledOut.has(kind)) return `${kind} is not rolled out`;
  if (verb === 'scale' && !scaled.has(kind)) return `${kind} cannot be scaled`;
  if (verb === 'logs' && !['Pod', ...scaled, 'DaemonSet', 'Job'].includes(kind)) return `${kind} has no logs`;
  if ((verb === 'cordon' || verb === 'uncordon') && kind !== 'Node') return 'only a node can be cordoned';
  return undefined;
}

const forms: Readonly<Record<string, readonly [form: RegExp, allowed: string]>> = {
  replicas: [/^\d{1,4}$/, 'a number up to 9999'],
  'current-replicas': [/^\d{1,4}$/, 'a number up to 9999'],
  tail: [/^\d{1,4}$/, 'a number of lines up to 9999'],
  'to-revision': [/^\d{1,9}$/, 'the number of a revision'],
  since: [/^\d{1,5}[smh]$/, 'a time such as 10m'],
  container: [named, 'the name of a container'],
  selector: [selector, 'labels such as app=api,tier=web'],
  type: [/^(strategic|merge|json)$/, 'strategic, merge or json'],
};

function flagFault(verb: KubectlVerb, flags: ReadonlyMap<string, string>): string | undefined {
  if (verb === 'scale' && !flags.has('replicas')) return 'kubectl scale needs --replicas';
  if (verb === 'patch') {
    const fault = patchFault(flags.get('patch'), flags.get('type'));
    if (fault !== undefined) return fault;
  }
  for (const [name, value] of flags) {
    const [form, allowed] = forms[name] ?? [];
    if (form && !form.test(value)) return `--${name} is ${quoted(value)}; allowed is ${allowed}`;
  }
  return undefined;
}

function patchFault(patch: string | undefined, type: string | undefined): string | undefined {
  if (patch === undefined) return 'kubectl patch needs -p with the patch as JSON';
  try {
    const value: unknown = JSON.parse(patch);
    const isList = Array.isArray(value);
    if (typeof value !== 'object' || value === null || isList !== (type === 'json'))
      return `the patch is ${type === 'json' ? 'a list' : 'an object'} in JSON`;
    return undefined;
  } catch {
    return `the patch ${quoted(patch)} is not JSON`;
  }
}
