// The page's own script: it runs in a browser, unbundled, and its hash stands in the page's content security policy.
const at = (id) => document.getElementById(id);
const refreshMs = 1500;
let shown = [];
let chosen = decodeURIComponent(location.hash.slice(1));
let asText = false;

const time = (seconds) => new Date(seconds * 1000).toLocaleString();
const people = ({ to, cc }) => [...to, ...cc].join(', ');

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function withLinks(text) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, at) => {
    if (at % 2 === 0) return part;
    const link = element('a', part);
    Object.assign(link, { href: part, target: '_blank', rel: 'noopener' });
    return link;
  });
}

function drawList() {
  const items = shown.map((mail) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-current', String(mail.messageId === chosen));
    button.append(
      element('strong', mail.subject),
      element('span', `${people(mail.destination)} · ${time(mail.at)}`),
    );
    button.addEventListener('click', () => {
      location.hash = encodeURIComponent(mail.messageId);
    });
    const item = document.createElement('li');
    item.append(button);
    return item;
  });
  const focused = [...at('list').querySelectorAll('button')].indexOf(document.activeElement);
  at('list').replaceChildren(...items);
  if (focused >= 0) at('list').querySelectorAll('button')[focused]?.focus();
  at('empty').hidden = shown.length > 0;
  at('hint').hidden = shown.length === 0 || shown.some(({ messageId }) => messageId === chosen);
}

function drawMail() {
  const mail = shown.find(({ messageId }) => messageId === chosen);
  at('mail').hidden = mail === undefined;
  document.body.classList.toggle('reading', mail !== undefined);
  if (mail === undefined) return;
  const text = asText || mail.body.html === undefined;
  at('subject').textContent = mail.subject;
  const rows = [
    ['From', mail.from],
    ['To', people(mail.destination)],
    ['Sent', time(mail.at)],
  ];
  at('about').replaceChildren(
    ...rows.flatMap(([name, value]) => [element('dt', name), element('dd', value)]),
  );
  at('kinds').hidden = mail.body.html === undefined || mail.body.text === undefined;
  at('as-html').setAttribute('aria-pressed', String(!text));
  at('as-text').setAttribute('aria-pressed', String(text));
  at('html').hidden = text;
  at('text').hidden = !text;
  at('text').replaceChildren(...withLinks(mail.body.text ?? ''));
  const source = `/mail/${mail.messageId}`;
  if (!text && at('html').getAttribute('src') !== source) at('html').setAttribute('src', source);
}

async function refresh() {
  try {
    const { emails } = await (await fetch('/store')).json();
    if (emails.length !== shown.length || emails[0]?.messageId !== shown[0]?.messageId) {
      shown = emails;
      drawList();
      drawMail();
    }
    at('state').textContent = `${shown.length} ${shown.length === 1 ? 'mail' : 'mails'}`;
    at('empty').hidden = shown.length > 0;
  } catch {
    at('state').textContent = 'The local system does not answer.';
  }
  setTimeout(refresh, refreshMs);
}

function choose(text) {
  asText = text;
  drawMail();
}

at('as-html').addEventListener('click', () => choose(false));
at('as-text').addEventListener('click', () => choose(true));
at('back').addEventListener('click', () => {
  location.hash = '';
});
addEventListener('hashchange', () => {
  chosen = decodeURIComponent(location.hash.slice(1));
  drawList();
  drawMail();
});
await refresh();
