//! Background tasks, all under one supervisor: it notices where one ends by itself, starts it again, and the pages tell the
//! person.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;
use time::OffsetDateTime;
use tokio::task::JoinSet;

use channel_keys_core::clock::Clock;
use channel_keys_core::times::earlier;

use crate::os::clock::SystemClock;
use crate::shell::Shell;
use crate::view::{StoppedTaskView, TaskWord, TasksStopped, seconds};

/// How often a task is started again within [`AN_HOUR`] (ours): one that fails each time is not to fill the processor.
const MOST_RESTARTS: usize = 5;
const AN_HOUR: Duration = Duration::from_secs(3_600);
/// How long a task rests before it is started again, and twice as long each time (ours).
const REST: Duration = Duration::from_secs(1);

/// The tasks that ended by themselves, until the person has read so.
#[derive(Default)]
pub struct StoppedTasks(Mutex<Vec<StoppedTaskView>>);

impl StoppedTasks {
    fn note(&self, stopped: StoppedTaskView) {
        let mut all = self.0.lock();
        all.retain(|other| other.task != stopped.task);
        all.push(stopped);
    }

    /// All of them, each as it last was, the latest last.
    pub fn all(&self) -> Vec<StoppedTaskView> {
        self.0.lock().clone()
    }

    /// The person has read so.
    pub fn dismiss(&self) {
        self.0.lock().clear();
    }
}

/// Runs a task for as long as the program runs. One that panics is started again, and the person is told.
pub fn keep<R: Runtime, F>(
    app: &AppHandle<R>,
    task: TaskWord,
    start: impl Fn(AppHandle<R>) -> F + Send + Sync + 'static,
) where
    F: Future<Output = Infallible> + Send + 'static,
{
    keep_until_done(app, task, move |app| {
        let run = start(app);
        async move { match run.await {} }
    });
}

/// The same for a task that ends when what it is for does.
pub fn keep_until_done<R: Runtime, F>(
    app: &AppHandle<R>,
    task: TaskWord,
    start: impl Fn(AppHandle<R>) -> F + Send + Sync + 'static,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let app = app.clone();
    let fails = fails_first(task);
    spawn(async move {
        let begin = || {
            let (fails, run) = (fails.swap(false, Ordering::SeqCst), start(app.clone()));
            async move {
                assert!(!fails, "a test wants it");
                run.await;
            }
        };
        supervise(&SystemClock, begin, |at, again| tell(&app, task, at, again)).await;
    });
}

/// Runs a task once. Where it panics the person is told, and may ask for it again.
pub fn run<R: Runtime>(
    app: &AppHandle<R>,
    task: TaskWord,
    work: impl Future<Output = ()> + Send + 'static,
) -> JoinHandle<()> {
    let app = app.clone();
    spawn(async move {
        if catch(work).await.is_none() {
            tell(&app, task, SystemClock.now(), false);
        }
    })
}

/// Whether a task fails when it begins: in a build for development once, where its environment says so, for the tests. A
/// release has no code for it and no name of such a variable.
fn fails_first(task: TaskWord) -> AtomicBool {
    #[cfg(debug_assertions)]
    let fails = std::env::var("CHANNEL_KEYS_FAILS_FIRST").is_ok_and(|named| named == format!("{task:?}"));
    #[cfg(not(debug_assertions))]
    let (fails, _) = (false, task);
    AtomicBool::new(fails)
}

#[expect(clippy::disallowed_methods, reason = "the one place where tasks begin")]
fn spawn(work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tauri::async_runtime::spawn(work)
}

fn tell<R: Runtime>(app: &AppHandle<R>, task: TaskWord, at: OffsetDateTime, again: bool) {
    let tasks = &app.state::<Shell>().stopped_tasks;
    tasks.note(StoppedTaskView { task, at: seconds(at), again });
    let _ = TasksStopped { tasks: tasks.all() }.emit(app);
}

/// Runs a task until it is done. Where it panics it is started again, a few times within an hour; `tell` hears when, and
/// whether it was.
async fn supervise<F>(clock: &dyn Clock, start: impl Fn() -> F, tell: impl Fn(OffsetDateTime, bool))
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut panics: Vec<OffsetDateTime> = Vec::new();
    while catch(start()).await.is_none() {
        let at = clock.now();
        panics.retain(|panic| *panic > earlier(at, AN_HOUR) && *panic <= at);
        panics.push(at);
        let again = panics.len() <= MOST_RESTARTS;
        tell(at, again);
        if !again {
            return;
        }
        let doublings = u32::try_from(panics.len() - 1).unwrap_or(u32::MAX);
        clock.wait(REST.saturating_mul(2_u32.saturating_pow(doublings))).await;
    }
}

/// What comes of some work; none where it panics. What the panic says is left on standard error: it may hold anything.
pub async fn catch<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Option<T> {
    // Ended with its set, so that who is not waited for any more does not go on.
    let mut one = JoinSet::new();
    one.spawn(work);
    one.join_next().await?.ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;

    use super::*;

    /// Whoever waits is there at once, and so late is it then.
    struct Hand {
        now: Mutex<OffsetDateTime>,
        waited: Mutex<Vec<u64>>,
    }

    impl Hand {
        fn new() -> Self {
            let now = Mutex::new(OffsetDateTime::UNIX_EPOCH + time::Duration::days(20_000));
            Self { now, waited: Mutex::default() }
        }

        fn pass(&self, by: Duration) {
            *self.now.lock() += by;
        }
    }

    #[async_trait::async_trait]
    impl Clock for Hand {
        fn now(&self) -> OffsetDateTime {
            *self.now.lock()
        }

        async fn wait(&self, time: Duration) {
            self.pass(time);
            self.waited.lock().push(time.as_secs());
        }
    }

    /// Runs a task of which the first starts panic, some time after each began; how often it was started, and what was
    /// told.
    async fn supervised(
        clock: &Arc<Hand>,
        panics: usize,
        after: Duration,
    ) -> (usize, Vec<(OffsetDateTime, bool)>) {
        let (starts, told) = (Arc::new(AtomicUsize::new(0)), Mutex::new(Vec::new()));
        let start = || {
            let (starts, clock) = (starts.clone(), clock.clone());
            async move {
                let earlier = starts.fetch_add(1, Ordering::SeqCst);
                clock.pass(after);
                assert!(earlier >= panics, "a mistake that nobody foresaw");
            }
        };
        supervise(&**clock, start, |at, again| told.lock().push((at, again))).await;
        (starts.load(Ordering::SeqCst), told.into_inner())
    }

    #[tokio::test]
    async fn task_that_panics_is_told_and_started_again() {
        let clock = Arc::new(Hand::new());
        let at = clock.now();

        let (starts, told) = supervised(&clock, 1, Duration::ZERO).await;

        assert_eq!((starts, told), (2, vec![(at, true)]));
        assert_eq!(*clock.waited.lock(), [1]);
    }

    #[tokio::test]
    async fn task_that_panics_each_time_is_given_up() {
        let clock = Arc::new(Hand::new());

        let (starts, told) = supervised(&clock, usize::MAX, Duration::ZERO).await;

        assert_eq!(starts, 1 + MOST_RESTARTS);
        let again: Vec<bool> = told.iter().map(|(_, again)| *again).collect();
        assert_eq!(again, [true, true, true, true, true, false]);
        assert_eq!(*clock.waited.lock(), [1, 2, 4, 8, 16]);
    }

    #[tokio::test]
    async fn task_that_panics_now_and_then_is_started_again_for_ever() {
        let clock = Arc::new(Hand::new());

        let (starts, told) = supervised(&clock, 100, AN_HOUR).await;

        assert_eq!((starts, told.len()), (101, 100));
        assert!(told.iter().all(|(_, again)| *again));
    }

    #[tokio::test]
    async fn task_that_is_done_is_not_told_of() {
        let (starts, told) = supervised(&Arc::new(Hand::new()), 0, Duration::ZERO).await;
        assert_eq!((starts, told), (1, Vec::new()));
    }

    #[tokio::test]
    async fn task_that_nobody_waits_for_any_more_ends() {
        let (alive, gone) = tokio::sync::oneshot::channel::<()>();
        let work = async move {
            let _alive = alive;
            std::future::pending::<()>().await;
        };

        let waiting = tokio::spawn(catch(work));
        tokio::task::yield_now().await;
        waiting.abort();

        assert!(gone.await.is_err(), "it was dropped");
    }

    #[test]
    fn task_that_stopped_is_told_once_until_the_person_has_read_so() {
        let tasks = StoppedTasks::default();
        let stopped = |task, again| StoppedTaskView { task, at: 0, again };
        tasks.note(stopped(TaskWord::KeyChecks, true));
        tasks.note(stopped(TaskWord::AutoLock, true));
        tasks.note(stopped(TaskWord::KeyChecks, false));
        let told: Vec<_> = tasks.all().iter().map(|stopped| (stopped.task, stopped.again)).collect();
        assert_eq!(told, [(TaskWord::AutoLock, true), (TaskWord::KeyChecks, false)]);
        tasks.dismiss();
        assert!(tasks.all().is_empty());
    }
}
