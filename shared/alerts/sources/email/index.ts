import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceNamed } from '../../labels.ts';
import { textOf } from '../../reading.ts';
import { type Severity, severityOf } from '../../severity.ts';
import type { SignalState } from '../../signal.ts';
import type { AlertSource, Receipt, Translation } from '../../source.ts';
import { stateOf } from '../../state-words.ts';
import { folded } from '../../text.ts';
import { keyOnly } from '../../verification.ts';
import { addressesIn, type LineName, namedLines } from './lines.ts';
import { type Mail, notAnAlert, readMail } from './mail.ts';
import { stateOfSubject } from './state.ts';
import { severityIn, subjectKey } from './subject.ts';

export { mailHeaders } from './mail.ts';

type Lines = Readonly<Partial<Record<LineName, string>>>;

/** A mail, for tools that can only mail: one alert each, named by what its subject says apart from how things stand. */
export const email: AlertSource = {
  product: 'E-mail',
  verification: keyOnly,
  translate(body, receipt) {
    const mail = readMail(body);
    const ignored = notAnAlert(mail);
    return ignored === undefined ? alertIn(mail, receipt) : { signals: [], ignored };
  },
};

function alertIn(mail: Mail, receipt: Receipt): Translation {
  const { subject, text, tag, from } = mail;
  const lines = namedLines(text);
  const signal = compose(
    {
      fingerprint: fingerprintOf(receipt.integration, ...identityOf(mail, lines)),
      state: stateIn(mail, lines),
      time: mail.date,
      title: subject.trim() === '' ? firstLine(text) : subject,
      description: text,
      severity: severityOfMail(mail, lines),
      service: serviceNamed(lines.service) ?? serviceNamed(tag),
      labels: { from, host: lines.host },
      links: addressesIn(text).map((href) => ({ href, text: 'Link in the mail' })),
    },
    receipt,
  );
  return { signals: [signal] };
}

/** A key that the mail names; else what its subject has in common with others about the same alert, from the same address. */
function identityOf({ headers, subject, text, from }: Mail, lines: Lines): readonly string[] {
  const key = textOf(headers['x-alert-key']) ?? lines.key;
  if (key !== undefined) return ['key', key.trim().slice(0, 500)];
  return ['subject', from, subjectKey(subject) || folded(firstLine(text).slice(0, 200))];
}

/** A line of its own counts before the subject; a mail that says nothing of it is a firing alert: a lost page says nothing. */
function stateIn({ subject }: Mail, { state }: Lines): SignalState {
  return (state === undefined ? undefined : stateOf(state)) ?? stateOfSubject(subject) ?? 'firing';
}

function severityOfMail({ headers, subject }: Mail, lines: Lines): Severity | undefined {
  const said = severityOf(lines.severity) ?? severityIn(subject);
  if (said !== undefined) return said;
  const urgent =
    /^\s*[12]\b/.test(textOf(headers['x-priority']) ?? '') || /^high/i.test(textOf(headers.importance) ?? '');
  return urgent ? 'P2_HIGH' : undefined;
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
