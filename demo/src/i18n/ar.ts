import { arConversation } from './arConversation';
import { arError } from './arErrors';
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
  error: arError,
  ...arConversation,

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
    cached: (when) => `هذه رسائل من زيارتك السابقة، ${when}.`,
    storageFailed: 'لا يحفظ هذا المتصفح شيئًا الآن، وما لم يُرسل سيضيع عند إغلاق الصفحة.',
    storageLost: plural({
      zero: 'لم تضع أي رسالة.',
      one: 'تعذّرت قراءة رسالة لم تُرسل من زيارتك السابقة، وقد ضاعت.',
      two: 'تعذّرت قراءة رسالتين لم تُرسلا من زيارتك السابقة، وقد ضاعتا.',
      few: 'تعذّرت قراءة # رسائل لم تُرسل من زيارتك السابقة، وقد ضاعت.',
      many: 'تعذّرت قراءة # رسالة لم تُرسل من زيارتك السابقة، وقد ضاعت.',
      other: 'تعذّرت قراءة # رسالة لم تُرسل من زيارتك السابقة، وقد ضاعت.',
    }),
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
    unreadAtLeast: plural({
      one: 'رسالة غير مقروءة على الأقل',
      two: 'رسالتان غير مقروءتين على الأقل',
      few: '# رسائل غير مقروءة على الأقل',
      many: '# رسالة غير مقروءة على الأقل',
      other: '# رسالة غير مقروءة على الأقل',
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
      delayed: 'متأخر',
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
    failed: 'تعذّر الاتصال.',
    degraded: 'لا تصل التحديثات المباشرة هنا، وتظهر الرسائل الجديدة بعد قليل.',
    signInAgain: 'انتهت جلستك. سجّل الدخول من جديد للمتابعة.',
    buttons: { retry: 'حاول الآن', refresh: 'تحديث', signIn: 'تسجيل الدخول' },
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

  typing: {
    one: (name) => `${name} يكتب`,
    two: (first, second) => `${first} و${second} يكتبان`,
    many: plural({
      few: '# أشخاص يكتبون',
      many: '# شخصًا يكتبون',
      other: '# شخص يكتبون',
    }),
  },

  menu: {
    open: 'الإعدادات',
    language: 'اللغة',
    theme: 'المظهر',
    themes: { system: 'النظام', light: 'فاتح', dark: 'داكن' },
    keeping: 'ما يُحفظ على هذا الجهاز',
    keepings: { unsent: 'غير المرسل فقط', messages: 'أحدث الرسائل' },
    diagnostics: 'نسخ بيانات التشخيص',
    diagnosticsHint: 'للإبلاغ عن مشكلة. لا أسماء فيها ولا رسائل.',
    diagnosed: {
      copied: 'نُسخت. ألصقها في بلاغك.',
      saved: 'لم يسمح المتصفح بالنسخ، فحُفظت في ملف.',
      failed: 'تعذّر النسخ والحفظ.',
    },
    signOut: 'تسجيل الخروج',
  },

  notices: {
    region: 'الإشعارات',
    notDone: plural({
      one: 'لم يتم شيء مما فعلته',
      two: 'لم يتم أمران مما فعلته',
      few: 'لم تتم # أمور مما فعلته',
      many: 'لم يتم # أمرًا مما فعلته',
      other: 'لم يتم # أمر مما فعلته',
    }),
    notUploaded: plural({
      one: 'لم يُرفع ملف',
      two: 'لم يُرفع ملفان',
      few: 'لم تُرفع # ملفات',
      many: 'لم يُرفع # ملفًا',
      other: 'لم يُرفع # ملف',
    }),
  },

  time: { today: 'اليوم', yesterday: 'أمس', now: 'الآن' },
};
