import { Button } from '@mantine/core';
import type { Problem } from '../api/problem.ts';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';

export interface QuestionProps {
  /** What is to be done, such as `Delete`. */
  readonly verb: string;
  /** To what. */
  readonly name: string;
  readonly consequence: string;
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  onYes(): void;
  onClose(): void;
}

/** Asks once more before something is taken away. */
export function Question({ verb, name, consequence, busy, problem, onYes, onClose }: QuestionProps) {
  return (
    <Dialog title={`${verb} ${name}?`} onClose={onClose}>
      <p>{consequence}</p>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" aria-disabled={busy} onClick={onYes}>
          {busy ? 'One moment …' : `${verb} it`}
        </Button>
      </div>
    </Dialog>
  );
}
