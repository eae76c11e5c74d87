import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { serviceIn, serviceNamed } from '../../labels.ts';
import { firstText, openFields, textOf } from '../../reading.ts';
import type { Remark } from '../../remark.ts';
import { type Severity, severities, severityOf } from '../../severity.ts';
import type { Receipt, Translation } from '../../source.ts';
import { line, paragraph } from '../../text.ts';
import { idOfAlias, idWithoutAlias, LONGEST_ALIAS } from './identity.ts';
import { requestIdOf } from './request-id.ts';

/** The body of `POST /v2/alerts`, marked as such for the translator. */
export const asOpsgenieCreate = (body: unknown) => ({ opsgenie_create: body });

/** An alert that begins, or one that goes on under the same alias. Texts over Opsgenie's lengths are clipped, not refused. */
export function translateCreate(body: unknown, receipt: Receipt): Translation {
  const said = recordOf(body);
  const message = textOf(said.message);
  const alias = textOf(said.alias);
  if (message === undefined) return refused('message: Message can not be empty.');
  if (alias !== undefined && alias.length > LONGEST_ALIAS) {
    return refused(`alias: Alias has ${alias.length} characters; at most ${LONGEST_ALIAS} are taken.`);
  }
  const { integration, receivedAt: at } = receipt;
  const id =
    alias === undefined ? idWithoutAlias(integration, receipt.receipt) : idOfAlias(integration, alias);
  const details = recordOf(said.details);
  const signal = compose(
    {
      fingerprint: id,
      state: 'firing',
      time: at,
      title: message,
      description: textOf(said.description),
      severity: priorityOf(said.priority) ?? severityOf(details.severity) ?? 'P3_MEDIUM',
      service: serviceIn(details) ?? serviceNamed(textOf(said.entity)),
      labels: labelsOf(said, alias ?? id, details),
      links: [{ href: said.source, text: 'Source' }],
    },
    receipt,
  );
  const remarks = noteOf(said, id, at);
  return { signals: [signal], remarks, dedupKey: requestIdOf({ action: 'create', at, alert: id }) };
}

/** Only Opsgenie's own five; any other word says nothing, and the default counts. */
function priorityOf(said: unknown): Severity | undefined {
  const place = /^P?([1-5])$/i.exec(textOf(said)?.trim() ?? '')?.[1];
  return place === undefined ? undefined : severities[Number(place) - 1];
}

function labelsOf(said: JsonRecord, alias: string, details: JsonRecord): JsonRecord {
  const { entity, source, user } = said;
  const tags = namesIn(said.tags);
  const responders = namesIn(said.responders);
  return {
    alias,
    ...{ entity, source, user },
    ...(tags !== '' && { tags }),
    ...(responders !== '' && { responders }),
    ...openFields(details),
  };
}

/** A list of texts, or of things that are named in one of Opsgenie's ways, as one text. */
export function namesIn(list: unknown): string {
  const items: unknown[] = Array.isArray(list) ? list.slice(0, 50) : [];
  const names = items.map((item) =>
    isRecord(item) ? firstText(item, ['name', 'username', 'id']) : textOf(item),
  );
  return names.filter((name) => name !== undefined).join(', ');
}

/** The note that came with a request. */
export function noteOf(said: JsonRecord, fingerprint: string, at: number): readonly Remark[] {
  const note = textOf(said.note);
  return note === undefined ? [] : [{ fingerprint, at, ...byOf(said), text: paragraph(note, 2_000).text }];
}

/** Who asked, as far as a request says. */
export function byOf(said: JsonRecord): { readonly by?: string } {
  const by = firstText(said, ['user', 'source']);
  return by === undefined ? {} : { by: line(by, 100).text };
}

/** A refusal; before the colon stands the field that it is about. */
export const refused = (error: string): Translation => ({ refused: { code: 'invalid', errors: [error] } });
