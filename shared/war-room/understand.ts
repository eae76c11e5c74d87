import { halfIn } from '../kernel/index.ts';
import { PROTOCOL_VERSION } from './limits.ts';
import { type ClientMessage, clientMessages, type MessageType } from './protocol.ts';
import { type RuleNumber, ruleOf, rules } from './rules.ts';

/** A message that was understood, or the rule that it breaks, why, and as much of it as could be read. */
export type Understood =
  | { readonly message: ClientMessage }
  | { readonly rule: RuleNumber; readonly why: string; readonly id?: string; readonly incident?: string };

/** Reads one frame of a client. Never throws, whatever it holds. */
export function understand(frame: string, most: number): Understood {
  const bytes = new TextEncoder().encode(frame).length;
  if (bytes > most) return { rule: 'WR1', why: `the frame has ${bytes} bytes; at most ${most} are taken` };
  const value = parsed(frame);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { rule: 'WR1', why: 'the frame is not a JSON object' };
  const said = { ...textIn(value, 'id'), ...textIn(value, 'incident') };
  const half = halfIn(value);
  if (half) return { rule: 'WR1', why: `${half.join('.').toWellFormed()}: has half of a character`, ...said };
  const type = Reflect.get(value, 'type');
  if (Reflect.get(value, 'v') !== PROTOCOL_VERSION)
    return { rule: 'WR1', why: `"v" must be ${PROTOCOL_VERSION}; load the page anew`, ...said };
  if (typeof type !== 'string' || !isType(type))
    return { rule: 'WR1', why: `the type must be one of ${Object.keys(clientMessages).join(', ')}`, ...said };
  const result = clientMessages[type].safeParse(value);
  if (result.success) return { message: result.data };
  const [issue] = result.error.issues;
  const rule = issue?.path[0] === 'id' ? 'WR6' : ruleOf[type];
  const place = issue?.path.join('.') || 'the message';
  return { rule, why: `${place}: ${issue?.message ?? 'not understood'} (${rules[rule]})`, ...said };
}

const isType = (type: string): type is MessageType => Object.hasOwn(clientMessages, type);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A short text of a message that is wrong elsewhere: its sender finds it by that. */
function textIn(value: object, name: 'id' | 'incident'): { readonly [name in typeof name]?: string } {
  const text: unknown = Reflect.get(value, name);
  return typeof text === 'string' && text.length <= 80 ? { [name]: text } : {};
}
