import { Button } from '@mantine/core';
import { useContext, useEffect, useRef } from 'react';
import { CertificateAuthority } from '../session/certificate-authority.ts';
import { CopyText } from '../ui/copy-text.tsx';
import { plainAddress } from './setup.ts';
import { setups } from './setups/index.ts';
import { trusting } from './trusting.ts';
import type { NewIntegration } from './use-integrations.ts';

export interface IntegrationSecretProps {
  readonly made: NewIntegration;
  onPutAway(): void;
}

/** What a new integration is set up with. It holds a secret, is shown this once, and says so. */
export function IntegrationSecret({ made, onPutAway }: IntegrationSecretProps) {
  const head = useRef<HTMLHeadingElement>(null);
  const setup = setups[made.source];
  const line = trusting(setup.trial(made), useContext(CertificateAuthority));
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="card secret" aria-labelledby="made">
      <h2 id="made" tabIndex={-1} ref={head}>
        {made.name} may send alerts now
      </h2>
      <p>
        <strong>This is shown only once.</strong> Whoever has it can send alerts in your name.
      </p>
      {made.routingKey !== undefined && <CopyText label="Routing key" text={made.routingKey} />}
      <CopyText label="Address" text={plainAddress(made.url)} />
      <div>
        <h3>Where it belongs</h3>
        <p>{setup.where}</p>
      </div>
      <CopyText label="A line to try it with" text={line} />
      <Button variant="default" onClick={onPutAway}>
        I have it
      </Button>
    </section>
  );
}
