import type { AlertView } from '../../shared/incidents/index.ts';

type Labelled = Pick<AlertView, 'title' | 'labels'>;

/** More would hide what they are to tell. */
const MOST = 4;

/** The labels that tell these alerts from one another: not those that all have in common, nor those that repeat the title. */
export function tellingLabels(alerts: readonly Labelled[]): readonly string[] {
  const names = [...new Set(alerts.flatMap(({ labels }) => Object.keys(labels)))];
  const telling = names.filter((name) => {
    const isTitle = alerts.every(({ title, labels }) => labels[name] === undefined || labels[name] === title);
    const values = new Set(alerts.map(({ labels }) => labels[name]));
    return !isTitle && (alerts.length === 1 || values.size > 1);
  });
  return telling.slice(0, MOST);
}

/** `pod=checkout-1 zone=a`, of these labels those that the alert has. */
export function labelsText({ labels }: Labelled, names: readonly string[]): string {
  return names.flatMap((name) => (labels[name] === undefined ? [] : [`${name}=${labels[name]}`])).join(' ');
}
