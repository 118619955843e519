import type { HudhudErrorCode } from '@hudhud/state';

/** Why something did not work, and what helps. */
export function arError(code: HudhudErrorCode | null): string {
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
    case 'MESSAGE_UNKNOWN':
      return 'لم يعد موجودًا.';
    case 'MESSAGE_DELETED':
      return 'حُذفت الرسالة في هذه الأثناء.';
    case 'NOT_YOURS':
      return 'هذا لصاحب الرسالة وحده.';
    case 'CONFLICT':
    case 'REQUEST_REJECTED':
      return 'لم يقبلها الخادم.';
    case 'SERVER_ERROR':
    case 'BAD_RESPONSE':
      return 'حدثت مشكلة في الخادم. أعد المحاولة بعد لحظة.';
    case 'UNCONFIRMED':
      return 'ربما وصلت رغم ذلك. تحقق قبل أن تعيد المحاولة.';
    case 'EMPTY_MESSAGE':
      return 'لا شيء فيها.';
    case 'MESSAGE_TOO_LONG':
      return 'النص أطول من اللازم.';
    case 'UPLOAD_TOO_LARGE':
      return 'الملف أكبر من اللازم.';
    case 'ATTACHMENT_LOST':
      return 'لم يعد أحد الملفات متاحًا. أرفقه من جديد.';
    case 'ABORTED':
      return 'أُلغي.';
    default:
      return 'حدث خطأ ما. أعد المحاولة.';
  }
}
