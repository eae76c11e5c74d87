import { Button } from '@mantine/core';
import { useContext, useEffect, useRef } from 'react';
import { CertificateAuthority } from '../../session/certificate-authority.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { trusting } from '../trusting.ts';
import { callLine, crontabLine } from './call-lines.ts';
import type { NewHeartbeat } from './use-heartbeats.ts';

export interface HeartbeatSecretProps {
  readonly made: NewHeartbeat;
  onPutAway(): void;
}

/** What a new heartbeat is called by. The address holds a secret, is shown this once, and says so. */
export function HeartbeatSecret({ made: { name, url, intervalMinutes }, onPutAway }: HeartbeatSecretProps) {
  const head = useRef<HTMLHeadingElement>(null);
  const authority = useContext(CertificateAuthority);
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="card secret" aria-labelledby="made">
      <h2 id="made" tabIndex={-1} ref={head}>
        {name} waits for its first call
      </h2>
      <p>
        <strong>This is shown only once.</strong> Whoever has it can say in your name that all is well.
        Nothing is expected before the first call.
      </p>
      <CopyText label="Address" text={url} />
      <CopyText label="A line that calls it" text={trusting(callLine(url), authority)} />
      <CopyText
        label="In a crontab, at the end of the job: it calls only when all went well"
        text={trusting(crontabLine(url, intervalMinutes), authority)}
      />
      <Button variant="default" onClick={onPutAway}>
        I have it
      </Button>
    </section>
  );
}
