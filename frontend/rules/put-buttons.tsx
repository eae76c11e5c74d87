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
export function PutButtons({ api, scope, value, from, hasShadow, isTried, reason, ...on }: PutButtonsProps) {
  const [asks, setAsks] = useState<Putting>();
  const [ends, setEnds] = useState(true);
  const isReady = value !== undefined;
  const make = (inForce: Configuration) =>
    asks === 'shadow'
      ? underShadow(inForce, scope, value)
      : inPlace(inForce, scope, value, hasShadow && ends);
  return (
    <div className="actions">
      <Button aria-disabled={!isReady} onClick={() => isReady && setAsks('force')}>
        Put in force …
      </Button>
      <Button variant="default" aria-disabled={!isReady} onClick={() => isReady && setAsks('shadow')}>
        Put under shadow …
      </Button>
      <p className="soft">{!isTried && 'This text was not tried yet.'}</p>
      {asks !== undefined && (
        <PutDialog
          {...{ api, make, reason }}
          of={`${asks} ${ends}`}
          title={asks === 'force' ? 'Put the draft in force?' : 'Put the draft under shadow?'}
          verb={asks === 'force' ? 'Put in force' : 'Put under shadow'}
          from={asks === 'force' ? from : undefined}
          onReason={on.onReason}
          onDone={(version) => {
            setAsks(undefined);
            on.onDone(asks, version);
          }}
          onClose={() => setAsks(undefined)}
        >
          {asks === 'shadow' ? (
            <p>Its rules decide nothing: they are watched beside those in force.</p>
          ) : (
            hasShadow &&
            scope === 'rules' && (
              <Checkbox
                label="End the shadow rules"
                checked={ends}
                onChange={({ target }) => setEnds(target.checked)}
              />
            )
          )}
        </PutDialog>
      )}
    </div>
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
