import { type Duration, HOUR, isRecord, MINUTE, SECOND } from '../kernel/index.ts';
import { type HttpLine, httpLine } from './http-line.ts';
import { type KubectlVerb, kubectlVerbs } from './kubectl.ts';
import { type KubectlLine, kubectlLine } from './kubectl-line.ts';
import { andThen, type Parsed, quoted } from './parsed.ts';
import { nameFault, namesIn } from './template.ts';

/** What a step does, as its command says; without one it is done by hand. */
export type Command =
  | { readonly kind: 'manual' }
  | { readonly kind: 'approval'; readonly question: string }
  | { readonly kind: 'wait'; readonly time: Duration }
  | { readonly kind: 'http'; readonly line: HttpLine }
  | { readonly kind: 'kubectl'; readonly line: KubectlLine; readonly verb: KubectlVerb }
  | { readonly kind: 'lambda'; readonly name: string; readonly payload: unknown }
  | {
      readonly kind: 'ssm';
      readonly document: string;
      readonly parameters: Readonly<Record<string, unknown>>;
    };

/** A command that reaches something outside. */
export type Effect = Extract<Command, { kind: 'http' | 'kubectl' | 'lambda' | 'ssm' }>;

export type CommandKind = Command['kind'];

/** Whether a command is carried out by the system, and not waited for. */
export const isEffect = (command: Command): command is Effect =>
  command.kind !== 'manual' && command.kind !== 'approval' && command.kind !== 'wait';

/** Whether a command only looks: it may be carried out twice. */
export function onlyReads(command: Command): boolean {
  if (command.kind === 'http') return command.line.method === 'GET' || command.line.method === 'HEAD';
  return command.kind === 'kubectl' ? kubectlVerbs[command.verb].reads : !isEffect(command);
}

const LONGEST_WAIT = 24 * HOUR;

/** Reads the command of a step: a kind, a colon, and what that kind takes. */
export function parseCommand(text: string): Parsed<Command> {
  const fault = namesIn(text)
    .map(nameFault)
    .find((one) => one !== undefined);
  if (fault !== undefined) return { refused: fault };
  const colon = text.indexOf(':');
  const kind = text.slice(0, Math.max(0, colon)).trim();
  const rest = text.slice(colon + 1).trim();
  switch (kind) {
    case 'http':
      return andThen(httpLine(rest), (line) => ({ value: { kind, line } }));
    case 'kubectl':
      return andThen(kubectlLine(rest), (line) => ({ value: { kind, line, verb: verbIn(line) } }));
    case 'lambda':
      return andThen(nameAndJson(rest), ([name, payload]) => ({
        value: { kind, name, payload: payload ?? {} },
      }));
    case 'ssm':
      return andThen(nameAndJson(rest), ([document, parameters]) => automation(document, parameters ?? {}));
    case 'wait':
      return andThen(durationIn(rest), (time) => ({ value: { kind, time } }));
    case 'approval':
      return { value: { kind, question: rest || 'Go on?' } };
    default:
      return {
        refused: `${quoted(text)} begins with no kind of command; allowed is http:, kubectl:, lambda:, ssm:, wait: and approval:`,
      };
  }
}

/** Its first words were read before as one of these. */
function verbIn({ words: [, first = '', second = ''] }: KubectlLine): KubectlVerb {
  return (first === 'rollout' ? `${first} ${second}` : first) as KubectlVerb;
}

/** A length of time such as `90s`, `5m` or `1h`. */
export function durationIn(text: string): Parsed<Duration> {
  const [, count, unit] = /^(\d{1,5})(s|m|h)$/.exec(text) ?? [];
  const time = Number(count) * (unit === 'h' ? HOUR : unit === 'm' ? MINUTE : SECOND);
  if (count === undefined || time <= 0 || time > LONGEST_WAIT)
    return { refused: `${quoted(text)} is no time; allowed is such as 90s, 5m or 1h, up to 24h` };
  return { value: time };
}

/** `name` or `name|{…}`. */
function nameAndJson(text: string): Parsed<readonly [name: string, json: unknown]> {
  const bar = text.indexOf('|');
  const name = (bar < 0 ? text : text.slice(0, bar)).trim();
  if (!/^[\w.:/-]{1,200}$/.test(name)) return { refused: `${quoted(name)} is no name` };
  if (bar < 0) return { value: [name, undefined] };
  try {
    return { value: [name, JSON.parse(text.slice(bar + 1))] };
  } catch {
    return { refused: `what follows the bar after ${name} is not JSON` };
  }
}

function automation(document: string, parameters: unknown): Parsed<Command> {
  const areTexts =
    isRecord(parameters) &&
    Object.values(parameters).every((value) =>
      (Array.isArray(value) ? value : [value]).every((one) => typeof one === 'string'),
    );
  if (!areTexts) return { refused: 'parameters of an automation are texts or lists of texts by name' };
  return { value: { kind: 'ssm', document, parameters: { ...parameters } } };
}
