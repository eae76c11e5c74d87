import type { Severity } from '../../alerts/index.ts';
import { quoted, type Subject, subjectText } from './subject.ts';

/** A condition that was read. What is asked of a label that is missing is asked of an empty text. */
export type Condition =
  | { readonly is: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | Leaf;

/** A condition without others in it. */
export type Leaf =
  | { readonly is: 'equal'; readonly subject: Subject; readonly value: string }
  /** The whole text as it is written. */
  | { readonly is: 'match'; readonly subject: Subject; readonly pattern: string }
  /** Anywhere in the text, ignoring case; without a subject in title and description. */
  | { readonly is: 'occur'; readonly subject?: Subject; readonly pattern: string }
  | { readonly is: 'there'; readonly subject: Subject }
  | { readonly is: 'severity'; readonly at: 'least' | 'most'; readonly than: Severity };

export const isLeaf = (condition: Condition): condition is Leaf => !('of' in condition);

/** A condition in one line, leaves as they can be written. */
export function conditionText(condition: Condition): string {
  switch (condition.is) {
    case 'all':
      return condition.of.map(nested).join(' and ');
    case 'any':
      return condition.of.map(nested).join(' or ');
    case 'not':
      return negated(condition.of);
    default:
      return leafText(condition);
  }
}

const nested = (condition: Condition): string =>
  condition.is === 'all' || condition.is === 'any'
    ? `(${conditionText(condition)})`
    : conditionText(condition);

function negated(condition: Condition): string {
  if (condition.is === 'equal') return `${subjectText(condition.subject)}!=${quoted(condition.value)}`;
  if (condition.is === 'match') return `${subjectText(condition.subject)}!~${quoted(condition.pattern)}`;
  return `not ${nested(condition)}`;
}

/** A leaf as a text of the language, but for `occurs` and `exists`, which are written as objects. */
export function leafText(leaf: Leaf): string {
  switch (leaf.is) {
    case 'equal':
      return `${subjectText(leaf.subject)}=${quoted(leaf.value)}`;
    case 'match':
      return `${subjectText(leaf.subject)}=~${quoted(leaf.pattern)}`;
    case 'occur':
      return `'${leaf.pattern}' occurs in ${leaf.subject ? subjectText(leaf.subject) : 'title or description'}`;
    case 'there':
      return `${subjectText(leaf.subject)} exists`;
    case 'severity':
      return `severity at ${leaf.at} ${leaf.than}`;
  }
}
