import { TextInput } from '@mantine/core';
import { useCallback } from 'react';
import { toText } from '../../../shared/kernel/time.ts';
import { instantOf, localText } from '../../time/local.ts';
import { useNow } from '../../time/use-now.ts';
import { useTyped } from '../../ui/use-typed.ts';
import { type AskedAlerts, timeFault } from './asked-alerts.ts';

export interface TimeFieldProps {
  readonly name: 'from' | 'to';
  readonly asked: AskedAlerts;
  onChoose(change: Partial<AskedAlerts>): void;
}

const labels = { from: 'Received from', to: 'Received until' } as const;

/** From or until when alerts were received. What the API would refuse, such as a year that is half typed, is not asked for. */
export function TimeField({ name, asked, onChoose }: TimeFieldProps) {
  const now = useNow();
  const { [name]: said, from, to } = asked;
  const tell = useCallback(
    (local: string) => {
      const at = instantOf(local);
      if (timeFault(name, at, { from, to }, Date.now()) === undefined)
        onChoose({ [name]: Number.isNaN(at) ? undefined : toText(at) });
    },
    [name, from, to, onChoose],
  );
  const [typed, onTyped] = useTyped(said === undefined ? '' : localText(said), tell);
  return (
    <TextInput
      type="datetime-local"
      label={labels[name]}
      error={timeFault(name, instantOf(typed), { from, to }, now)}
      value={typed}
      onChange={({ target }) => onTyped(target.value)}
    />
  );
}
