import type { ConversationStrings } from './conversationStrings';
import { makePlural } from './plural';

const plural = makePlural('ar');

export const arConversation: ConversationStrings = {
  messages: {
    list: (channel) => `الرسائل في ${channel}`,
    arriving: 'رسائل جديدة',
    edited: 'معدّلة',
    deleted: 'حُذفت هذه الرسالة.',
    undo: 'تراجع',
    deleting: 'حُذفت الرسالة',
    replies: plural({
      zero: 'لا ردود',
      one: 'رد واحد',
      two: 'ردّان',
      few: '# ردود',
      many: '# ردًا',
      other: '# رد',
    }),
    gap: 'قد تكون هنا رسائل ناقصة',
    loadGap: 'حمّلها',
    loadingGap: 'جارٍ التحميل…',
    gapFailed: 'تعذّر تحميلها',
    loadingOlder: 'جارٍ تحميل رسائل أقدم',
    olderFailed: 'تعذّر تحميل الرسائل الأقدم.',
    loadingNewer: 'جارٍ تحميل رسائل أحدث',
    newerFailed: 'تعذّر تحميل الرسائل الأحدث.',
    beginning: (channel) => `هنا تبدأ ${channel}.`,
    empty: (channel) => `لا شيء في ${channel} بعد`,
    emptyHint: 'ألقِ التحية، فأول رسالة هي الأصعب دائمًا.',
    failed: 'تعذّر تحميل الرسائل',
    loading: 'جارٍ تحميل الرسائل',
    firstUnread: 'رسائل جديدة',
    unseen: plural({
      zero: 'لا رسائل جديدة',
      one: 'رسالة جديدة',
      two: 'رسالتان جديدتان',
      few: '# رسائل جديدة',
      many: '# رسالة جديدة',
      other: '# رسالة جديدة',
    }),
    toLatest: 'انتقل إلى الأحدث',
    toFirstUnread: 'انتقل إلى الرسائل الجديدة',
    someone: 'شخص ما',
    automated: 'آلي',
    said: (name, text) => `${name}: ${text}`,
  },

  row: {
    actions: 'إجراءات الرسالة',
    more: 'المزيد',
    react: 'تفاعل',
    reply: 'رد في محادثة فرعية',
    edit: 'تعديل',
    remove: 'حذف',
    reactedBy: (emoji, names) => `${emoji} من ${names}`,
    others: plural({
      one: 'شخص آخر',
      two: 'شخصين آخرين',
      few: '# آخرين',
      many: '# آخرين',
      other: '# آخرين',
    }),
    pickEmoji: 'اختر تفاعلًا',
    editLabel: 'تعديل الرسالة',
    save: 'حفظ',
    cancel: 'إلغاء',
    editHint: 'Enter للحفظ، Esc للإلغاء',
    download: (name) => `تنزيل ${name}`,
  },

  status: {
    queued: 'بانتظار الإرسال',
    waitingForFiles: 'بانتظار الملفات',
    sending: 'جارٍ الإرسال',
    sent: 'أُرسلت',
    uncertain: 'جارٍ التحقق من وصولها…',
    retrying: (reason) => `لم تُرسل بعد. ${reason} ستُعاد المحاولة.`,
    failed(kind, reason) {
      if (kind === 'edit') return `لم يُحفظ التعديل. ${reason}`;
      return kind === 'delete' ? `لم تُحذف. ${reason}` : `لم تُرسل. ${reason}`;
    },
    retry: 'أعد المحاولة',
    discard: 'تجاهل',
  },

  composer: {
    label: (channel) => `اكتب في ${channel}`,
    replyLabel: 'اكتب ردًا',
    send: 'إرسال',
    hint: 'Enter للإرسال، Shift + Enter لسطر جديد، السهم الأعلى لتعديل آخر رسالة',
    failed: (reason) => `لم تُرسل. ${reason}`,
    attach: 'أرفق ملفات',
    drop: 'أفلت الملفات لإرفاقها',
    attachments: 'الملفات المرفقة',
    characters: plural({
      zero: 'لم يبق أي حرف',
      one: 'بقي حرف واحد',
      two: 'بقي حرفان',
      few: 'بقيت # أحرف',
      many: 'بقي # حرفًا',
      other: 'بقي # حرف',
    }),
    tooMany: plural({
      one: 'حرف زائد',
      two: 'حرفان زائدان',
      few: '# أحرف زائدة',
      many: '# حرفًا زائدًا',
      other: '# حرف زائد',
    }),
  },

  upload: {
    waiting: 'في الانتظار',
    done: 'جاهز',
    progress: (loaded, total) => `${loaded} من ${total}`,
    progressOf: (name) => `رفع ${name}`,
    remove: (name) => `أزل ${name}`,
    retry: (name) => `ارفع ${name} من جديد`,
    failed(code, most) {
      switch (code) {
        case 'UPLOAD_TOO_LARGE':
          return `أكبر من ${most}`;
        case 'ATTACHMENT_LOST':
          return 'لم يعد متاحًا';
        case 'NETWORK':
        case 'TIMEOUT':
          return 'لا اتصال';
        case 'NOT_FOUND':
          return 'الخادم لا يقبل الملفات';
        default:
          return 'تعذّر الرفع';
      }
    },
  },

  thread: {
    title: 'محادثة فرعية',
    close: 'أغلق المحادثة الفرعية',
    list: 'الردود',
    empty: 'لا ردود بعد. اكتب أول رد.',
    parentMissing: 'الرسالة الأصلية ليست هنا.',
  },

  jump: {
    open: 'انتقل إلى تاريخ',
    date: 'التاريخ',
    go: 'انتقل',
    latest: 'الأحدث',
    weekAgo: 'قبل أسبوع',
    monthAgo: 'قبل شهر',
    going: (day) => `جارٍ الانتقال إلى ${day}…`,
    arrived: (day) => `رسائل ${day}`,
    failed: (day) => `تعذّر تحميل ${day}.`,
  },
};
