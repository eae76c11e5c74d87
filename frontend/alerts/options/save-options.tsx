import { Button } from '@mantine/core';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../api/problem.ts';
import type { Api } from '../../api/use-api.ts';
import { useTask } from '../../api/use-task.ts';
import { Notice } from '../../ui/notice.tsx';
import type { Integration } from '../use-integrations.ts';

interface Wish {
  readonly api: Api;
  readonly id: Integration['id'];
  readonly options: object;
  /** The API would take them. */
  readonly isRight: boolean;
  onChanged(): void;
}

/** Sends options in place of those of before; with a fault the keyboard goes there, and nothing is sent. */
export function useSaving({ api, id, options, isRight, onChanged }: Wish) {
  const form = useRef<HTMLFormElement>(null);
  const task = useTask();
  const [refused, setRefused] = useState(0);
  const [saved, setSaved] = useState<object>();
  useEffect(() => {
    if (refused > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refused]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRight) return setRefused((count) => count + 1);
    task.run(async () => {
      await api.call(`/api/integrations/${id}`, { method: 'PATCH', body: { options } });
      setSaved(options);
      onChanged();
    });
  };
  const isSaved = saved !== undefined && JSON.stringify(saved) === JSON.stringify(options);
  return { form, submit, isSaved, busy: task.busy, problem: task.problem };
}

interface SaveOptionsProps {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly busy: boolean;
  readonly isSaved: boolean;
  readonly problem?: Problem | undefined;
}

/** The button that saves, and what became of it. */
export function SaveOptions({ busy, isSaved, problem }: SaveOptionsProps) {
  return (
    <>
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : 'Save'}
      </Button>
      <p role="status" className="soft">
        {isSaved && 'Saved. It counts after a minute at most.'}
      </p>
    </>
  );
}
