import type { Role } from '../../shared/kernel/index.ts';

export interface RefusedProps {
  readonly role: Role;
  /** What the role may not do, such as `declare incidents`. */
  readonly what: string;
  /** The least role that may. */
  readonly least: Role;
}

/** Says that a role may not do something, and whom to ask. */
export function Refused({ role, what, least }: RefusedProps) {
  return (
    <div className="empty">
      <h2>Not with your role</h2>
      <p>
        A {role} may not {what}; that needs {article(least)} {least} or above. Ask an administrator of the
        organisation.
      </p>
    </div>
  );
}

const article = (word: string): string => (/^[aeiou]/.test(word) ? 'an' : 'a');
