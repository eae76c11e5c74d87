import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { PutDialog } from './put-dialog.tsx';
import type { Configuration, Rule } from './use-rules.ts';

export interface TurnButtonProps {
  readonly api: Api;
  readonly rule: Rule;
  /** It is on or off now, as another version. */
  onTurned(words: string): void;
}

/** Turns one rule on or off, after what that changes was looked at. */
export function TurnButton({ api, rule: { id, name, enabled }, onTurned }: TurnButtonProps) {
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState('');
  const verb = enabled ? 'Turn off' : 'Turn on';
  const close = () => setAsks(false);
  const done = (version: number) => {
    close();
    setReason('');
    onTurned(`“${name}” is ${enabled ? 'off' : 'on'} since version ${version}.`);
  };
  return (
    <>
      <Button variant="default" aria-label={`${verb}: ${name}`} onClick={() => setAsks(true)}>
        {verb} …
      </Button>
      {asks && (
        <PutDialog
          {...{ api, verb, reason }}
          title={`${verb} “${name}”?`}
          make={(inForce) => turned(inForce, id, !enabled)}
          onReason={setReason}
          onDone={done}
          onClose={close}
        >
          {enabled && <p>Alerts that it takes go to the rules after it.</p>}
        </PutDialog>
      )}
    </>
  );
}

/** The configuration with one rule on or off. */
export const turned = (inForce: Configuration, id: string, enabled: boolean): Configuration => ({
  ...inForce,
  rules: inForce.rules.map((rule) => (rule.id === id ? { ...rule, enabled } : rule)),
});
