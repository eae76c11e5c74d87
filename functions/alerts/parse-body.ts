import { alertLimits, nestedDeeperThan } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { parseJson } from '../edge/body.ts';
import { NotJson } from './refusals.ts';

/** Where a number may be more than a double holds. */
const LONG_NUMBER = /\d{16}|[eE]\+?\d{3}/;

/** The JSON of a webhook. Numbers beyond a double stay as they were written, so that two long ids never become one. */
export function parseBody(text: string): unknown {
  if (nestedDeeperThan(text, alertLimits.depth)) {
    throw new Refusal(
      'invalid',
      `The body is nested deeper than ${alertLimits.depth} levels; send it flatter.`,
      'body',
    );
  }
  const value = parsed(text);
  return LONG_NUMBER.test(text) ? JSON.parse(text, exact) : value;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof Refusal ? new NotJson(error.code, error.message, error.param) : error;
  }
}

function exact(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const kept = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return kept ? value : context.source;
}
