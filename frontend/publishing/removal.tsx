import { Question } from '../ui/question.tsx';
import { type Publishing, useChange } from './use-status.ts';

/** What is to be taken off the page. */
export interface Removed {
  readonly name: string;
  /** Below `/api/status`. */
  readonly path: string;
  readonly consequence: string;
  /** @default 'Delete' */
  readonly verb?: string;
  /** What is said afterwards. @default that it is no longer on the page */
  readonly done?: string;
}

export interface RemovalProps extends Publishing {
  readonly of: Removed;
  onClose(): void;
}

/** Asks once more before something leaves the page. */
export function Removal({
  of: { name, path, consequence, verb = 'Delete', done = `${name} is no longer on the page.` },
  api,
  onChanged,
  onClose,
}: RemovalProps) {
  const { change, busy, problem } = useChange(api, () => onChanged(done));
  return (
    <Question
      {...{ verb, name, consequence, busy, problem, onClose }}
      onYes={() => change({ method: 'DELETE', path }, onClose)}
    />
  );
}
