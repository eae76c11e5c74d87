import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Rule as ParsedRule } from '../../shared/detection/rule.ts';
import type { Api } from '../api/use-api.ts';
import type { Scope } from './checked.ts';
import { PutDialog } from './put-dialog.tsx';
import type { Configuration } from './use-rules.ts';

export type Putting = 'force' | 'shadow';

export interface PutButtonsProps {
  readonly api: Api;
  readonly scope: Scope;
  /** What the text says; absent while something is wrong with it. */
  readonly value: unknown;
  readonly from: number;
  /** Whether there are shadow rules now. */
  readonly hasShadow: boolean;
  /** Whether this text was tried. */
  readonly isTried: boolean;
  readonly reason: string;
  onReason(reason: string): void;
  onDone(what: Putting, version: number): void;
}

/** Puts a draft under shadow or in force, after its plan was looked at. */
export function PutButtons({ isTried, onDone, ...rest }: PutButtonsProps) {
  const [asks, setAsks] = useState<Putting>();
  const isReady = rest.value !== undefined;
  const close = () => setAsks(undefined);
  const done = (what: Putting) => (version: number) => {
    close();
    onDone(what, version);
  };
  return (
    <div className="actions">
      <Button aria-disabled={!isReady} onClick={() => isReady && setAsks('force')}>
        Put in force …
      </Button>
      <Button variant="default" aria-disabled={!isReady} onClick={() => isReady && setAsks('shadow')}>
        Put under shadow …
      </Button>
      <p className="soft">{!isTried && 'This text was not tried yet.'}</p>
      {asks === 'force' && <IntoForce {...rest} onDone={done('force')} onClose={close} />}
      {asks === 'shadow' && <UnderShadow {...rest} onDone={done('shadow')} onClose={close} />}
    </div>
  );
}

interface AskingProps extends Omit<PutButtonsProps, 'isTried' | 'onDone'> {
  onDone(version: number): void;
  onClose(): void;
}

function IntoForce({ scope, value, hasShadow, ...rest }: AskingProps) {
  const [ends, setEnds] = useState(true);
  return (
    <PutDialog
      {...rest}
      title="Put the draft in force?"
      verb="Put in force"
      of={String(ends)}
      make={(inForce) => inPlace(inForce, scope, value, hasShadow && ends)}
    >
      {hasShadow && scope === 'rules' && (
        <Checkbox
          label="End the shadow rules"
          checked={ends}
          onChange={({ target }) => setEnds(target.checked)}
        />
      )}
    </PutDialog>
  );
}

function UnderShadow({ scope, value, hasShadow: _, from: __, ...rest }: AskingProps) {
  return (
    <PutDialog
      {...rest}
      title="Put the draft under shadow?"
      verb="Put under shadow"
      make={(inForce) => underShadow(inForce, scope, value)}
    >
      <p>Its rules decide nothing: they are watched beside those in force.</p>
    </PutDialog>
  );
}

/** The configuration with other rules in force, or another one as a whole. */
export function inPlace(inForce: Configuration, scope: Scope, value: unknown, endsShadow: boolean): unknown {
  if (scope === 'configuration') return value;
  const { shadow, ...rest } = inForce;
  return { ...rest, rules: value, ...(shadow && !endsShadow && { shadow }) };
}

/** The configuration with other shadow rules. */
export function underShadow(inForce: Configuration, scope: Scope, value: unknown): unknown {
  const rules =
    scope === 'rules' ? value : ((value as { readonly rules?: readonly ParsedRule[] }).rules ?? []);
  return { ...inForce, shadow: { rules } };
}
