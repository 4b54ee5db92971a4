import type { Conversation, ConversationMessage } from '#sandbox/control/conversation.ts';
import { createComposer } from './composer.ts';
import { type ControlApi, createControlApi } from './control-api.ts';
import { openDialog } from './dialog.ts';
import { byId, showToast } from './dom.ts';
import { log } from './host-log.ts';
import { createMessageList, type InlineButton } from './messages.ts';
import { createMiniAppPanel } from './mini-app.ts';
import { textsOf } from './texts.ts';
import { createTheme } from './theme.ts';

const query = new URLSearchParams(location.search);
const user = query.get('user');
const bot = query.get('bot');
const language = query.get('lang') ?? navigator.language;
const texts = textsOf(language);
document.documentElement.lang = language;

if (user && bot) openChat(createControlApi(user, bot));
else byId('messages').textContent = texts.missing;

function openChat(api: ControlApi): void {
  const theme = createTheme(query.get('theme') === 'dark' ? 'dark' : 'light', texts);
  const panel = createMiniAppPanel({ api, theme, texts, openLink });
  let current: Conversation | undefined;

  const openApp = async (url?: string, startParam?: string) => {
    const launch = await api.launch({
      ...(url !== undefined && { url }),
      ...(startParam !== undefined && { startParam }),
      theme: theme.name,
    });
    panel.open(launch.url, current?.bot.firstName ?? '');
  };
  const orToast = (work: Promise<unknown>) => work.catch((error: Error) => showToast(error.message));
  const send = (text: string) => orToast(api.write(text));

  const messages = createMessageList(texts, language, { openLink, sendCommand: send, pressInline });
  const composer = createComposer(texts, {
    send,
    sendFile: (file) => orToast(api.sendFile(file)),
    openMenu: () => orToast(openApp()),
  });
  api.follow(
    (conversation) => {
      const isFirst = current === undefined;
      current = conversation;
      document.title = conversation.bot.firstName;
      byId('bot-status').textContent = `${texts.bot} · ${texts.you} ${conversation.user.firstName}`;
      byId('bot-name').textContent = conversation.bot.firstName;
      byId('bot-avatar').textContent = conversation.bot.firstName.slice(0, 1);
      messages.draw(conversation);
      composer.draw(conversation);
      log('chat', 'conversation', { messages: conversation.messages.length });
      const startParam = query.get('startapp') ?? undefined;
      if (isFirst && startParam !== undefined) void orToast(openApp(undefined, startParam || undefined));
    },
    () => {
      byId('bot-status').textContent = texts.lost;
    },
  );
  showClock(api);

  async function pressInline(message: ConversationMessage, button: InlineButton): Promise<void> {
    const { callback_data: data, web_app: webApp, url } = button;
    if (typeof data === 'string') return pressCallback(message, data);
    if (webApp) return void (await orToast(openApp((webApp as { url: string }).url)));
    if (typeof url === 'string') openLink(url);
  }

  async function pressCallback(message: ConversationMessage, data: string): Promise<void> {
    const answer = await api.press(message.id, data).catch(() => undefined);
    log('chat', 'callback_answered', answer);
    if (!answer?.answered) showToast(texts.noAnswer);
    else if (answer.alert && answer.text) {
      await openDialog('', answer.text, [{ id: 'ok', text: texts.ok }]);
    } else if (answer.text) showToast(answer.text);
    if (answer?.url) openLink(answer.url);
  }

  /** The bot's own start links open the Mini App here; everything else is another site's. */
  function openLink(url: string): void {
    log('chat', 'link_opened', { url });
    const link = new URL(url, location.href);
    const [name] = link.pathname.slice(1).split('/');
    const isOwn = link.hostname === 't.me' && name?.toLowerCase() === current?.bot.username?.toLowerCase();
    if (isOwn && link.searchParams.has('startapp')) {
      void orToast(openApp(undefined, link.searchParams.get('startapp') || undefined));
    } else if (isOwn && link.searchParams.has('start')) {
      void send(`/start ${link.searchParams.get('start')}`.trim());
    } else if (link.protocol.startsWith('http') && link.hostname !== 't.me') {
      window.open(link, '_blank', 'noopener');
    } else {
      showToast(url);
    }
  }
}

/** Business time runs faster than the wall clock: the header shows it. */
function showClock(api: ControlApi): void {
  const shown = byId('sandbox-clock');
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const refresh = async () => {
    const { now, scale } = await api.clock();
    shown.textContent = `${format.format(new Date(now))}${scale === 1 ? '' : ` · ×${scale}`}`;
  };
  const tick = () => void refresh().catch(() => undefined);
  tick();
  setInterval(tick, 1000);
}
