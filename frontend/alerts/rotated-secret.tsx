import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { CopyText } from '../ui/copy-text.tsx';
import { setups } from './setups/index.ts';
import type { Rotated } from './use-integration.ts';

export interface RotatedSecretProps {
  readonly rotated: Rotated;
  onPutAway(): void;
}

/** The new key or secret. What is made here is shown this once, and says so. */
export function RotatedSecret({ rotated, onPutAway }: RotatedSecretProps) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const { id, source, url, routingKey, secret } = rotated;
  const isShown = url !== undefined || secret !== undefined;
  return (
    <section className="card secret" aria-labelledby={`rotated-${id}`}>
      <h3 id={`rotated-${id}`} tabIndex={-1} ref={head}>
        {isShown ? 'The new one counts now' : 'The secret counts now'}
      </h3>
      {isShown && (
        <p>
          <strong>This is shown only once.</strong> Put it where the one of before is, before that ends.
        </p>
      )}
      {routingKey !== undefined && <CopyText label="Routing key" text={routingKey} />}
      {url !== undefined && <CopyText label="Address" text={url} />}
      {secret !== undefined && <CopyText label="Signing secret" text={secret} />}
      {isShown && <p>{setups[source].where}</p>}
      <Button variant="default" onClick={onPutAway}>
        I have it
      </Button>
    </section>
  );
}
