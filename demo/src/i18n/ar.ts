import { makePlural } from './plural';
import type { Strings } from './strings';

const plural = makePlural('ar');

export const ar: Strings = {
  appName: 'هدهد',
  skipToMessages: 'انتقل إلى الرسائل',
  retry: 'أعد المحاولة',
  dismiss: 'إخفاء',
  close: 'إغلاق',
  you: 'أنت',
  error: (code) => {
    switch (code) {
      case 'NETWORK':
        return 'تعذّر الوصول إلى الخادم. تحقق من اتصالك.';
      case 'TIMEOUT':
        return 'تأخر الخادم في الرد.';
      case 'RATE_LIMITED':
        return 'طلبات كثيرة في وقت قصير. انتظر لحظة ثم أعد المحاولة.';
      case 'UNAUTHORIZED':
        return 'انتهت جلستك. سجّل الدخول من جديد.';
      case 'FORBIDDEN':
      case 'STREAM_REFUSED':
        return 'ليست لديك صلاحية هنا.';
      case 'NOT_FOUND':
        return 'لم يعد موجودًا.';
      case 'SERVER_ERROR':
        return 'حدثت مشكلة في الخادم. أعد المحاولة بعد لحظة.';
      default:
        return 'حدث خطأ ما. أعد المحاولة.';
    }
  },

  signIn: {
    title: 'أهلًا بك في هدهد',
    lead: 'اختر من تكون اليوم.',
    people: 'أشخاص يمكن الدخول باسمهم',
    continueAs: (name) => `المتابعة باسم ${name}`,
    or: 'أو بكلمة مرور',
    username: 'اسم المستخدم أو البريد',
    password: 'كلمة المرور',
    submit: 'تسجيل الدخول',
    busy: 'جارٍ تسجيل الدخول…',
    restoring: 'نكمل من حيث توقفت…',
    wrongPassword: 'الاسم وكلمة المرور غير متطابقين.',
    missing: 'املأ الحقلين من فضلك.',
    expired: 'انتهت جلستك. سجّل الدخول من جديد للمتابعة.',
  },

  workspace: {
    loading: 'جارٍ تحميل مساحة العمل',
    failed: 'تعذّر تحميل مساحة العمل',
    redirected: (name) => `تلك القناة غير متاحة، وهذه ${name}.`,
  },

  channels: {
    title: 'القنوات',
    filter: 'ابحث عن قناة',
    open: 'عرض القنوات',
    noneMatch: 'لا توجد قناة بهذا الاسم.',
    isPrivate: 'قناة خاصة',
    unread: plural({
      zero: 'لا رسائل غير مقروءة',
      one: 'رسالة واحدة غير مقروءة',
      two: 'رسالتان غير مقروءتين',
      few: '# رسائل غير مقروءة',
      many: '# رسالة غير مقروءة',
      other: '# رسالة غير مقروءة',
    }),
    noMessages: 'لا رسائل بعد',
  },

  topBar: {
    online: plural({
      zero: 'لا أحد متصل',
      one: 'متصل واحد',
      two: 'متصلان',
      few: '# متصلين',
      many: '# متصلًا',
      other: '# متصل',
    }),
    showMembers: 'الأعضاء',
    connection: {
      live: 'مباشر',
      connecting: 'جارٍ الاتصال',
      reconnecting: 'جارٍ إعادة الاتصال',
      off: 'غير متصل',
    },
  },

  connection: {
    lost: 'انقطع الاتصال، وقد لا يكون ما تراه محدّثًا.',
    retryIn: plural({
      zero: 'المحاولة الآن',
      one: 'المحاولة بعد ثانية',
      two: 'المحاولة بعد ثانيتين',
      few: 'المحاولة بعد # ثوانٍ',
      many: 'المحاولة بعد # ثانية',
      other: 'المحاولة بعد # ثانية',
    }),
    tryingNow: 'جارٍ المحاولة…',
    noNetwork: 'أنت غير متصل بالشبكة. يتابع هدهد فور عودتها.',
    failed: 'تعذّر الاتصال وتوقفت المحاولات.',
    retryNow: 'حاول الآن',
  },

  members: {
    title: 'الأعضاء',
    present: 'متصلون',
    absent: 'غير متصلين',
    unknown: 'الجميع',
    unknownHint: 'لا نعرف من المتصل ما دام الاتصال مقطوعًا.',
    role: (role) => (role === 'admin' ? 'مدير' : role === 'moderator' ? 'مشرف' : null),
    lastSeen: (when) => `آخر ظهور ${when}`,
  },

  presence: {
    online: 'متصل',
    away: 'بعيد',
    busy: 'مشغول',
    offline: 'غير متصل',
    unknown: 'غير معروف',
  },

  messages: {
    list: (channel) => `الرسائل في ${channel}`,
    arriving: 'رسائل جديدة',
    edited: 'معدّلة',
    deleted: 'حُذفت هذه الرسالة.',
    replies: plural({
      zero: 'لا ردود',
      one: 'رد واحد',
      two: 'ردّان',
      few: '# ردود',
      many: '# ردًا',
      other: '# رد',
    }),
    reactedBy: (emoji, names) => `${emoji} من ${names}`,
    others: plural({
      one: 'شخص آخر',
      two: 'شخصين آخرين',
      few: '# آخرين',
      many: '# آخرين',
      other: '# آخرين',
    }),
    gap: 'قد تكون هنا رسائل ناقصة',
    loadGap: 'حمّلها',
    loadingOlder: 'جارٍ تحميل رسائل أقدم',
    olderFailed: 'تعذّر تحميل الرسائل الأقدم.',
    beginning: (channel) => `هنا تبدأ ${channel}.`,
    empty: (channel) => `لا شيء في ${channel} بعد`,
    emptyHint: 'ألقِ التحية، فأول رسالة هي الأصعب دائمًا.',
    failed: 'تعذّر تحميل الرسائل',
    loading: 'جارٍ تحميل الرسائل',
    unseen: plural({
      zero: 'لا رسائل جديدة',
      one: 'رسالة جديدة',
      two: 'رسالتان جديدتان',
      few: '# رسائل جديدة',
      many: '# رسالة جديدة',
      other: '# رسالة جديدة',
    }),
    toLatest: 'انتقل إلى الأحدث',
    someone: 'شخص ما',
    automated: 'آلي',
    said: (name, text) => `${name}: ${text}`,
  },

  typing: {
    one: (name) => `${name} يكتب`,
    two: (first, second) => `${first} و${second} يكتبان`,
    many: plural({
      few: '# أشخاص يكتبون',
      many: '# شخصًا يكتبون',
      other: '# شخص يكتبون',
    }),
  },

  composer: {
    label: (channel) => `اكتب في ${channel}`,
    send: 'إرسال',
    hint: 'Enter للإرسال، Shift + Enter لسطر جديد',
    failed: (reason) => `لم تُرسل. ${reason}`,
  },

  menu: {
    open: 'الإعدادات',
    language: 'اللغة',
    theme: 'المظهر',
    themes: { system: 'النظام', light: 'فاتح', dark: 'داكن' },
    signOut: 'تسجيل الخروج',
  },

  notices: { system: 'إشعار', alert: 'تنبيه' },

  time: { today: 'اليوم', yesterday: 'أمس', now: 'الآن' },
};
