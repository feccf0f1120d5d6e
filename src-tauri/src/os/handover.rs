//! What a second start on a profile hands to the program that runs there already: to come to the front, and a link.
//!
//! The lock of the profile says who runs; this only speaks to them. It is a socket in the profile's folder, on Windows
//! a named pipe that is called after it, and needs no bus. It takes one short line from a program of the same user, in
//! a limited time, and the line can only be one of those in [`Handed`].

use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

use channel_keys_core::link::{Link, Refused};

/// The longest line that is read: a link with what a partner asks for, encoded once more.
const LONGEST: u64 = 48_000;
/// How long somebody has to say it.
const SAID_WITHIN: Duration = Duration::from_secs(1);
/// How long the running program has to answer: long enough for one on a busy computer; a frozen one never does.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);
/// How long to leave alone what did not work.
const PAUSE: Duration = Duration::from_millis(50);

const FORWARD: &str = "forward";
const REFUSED: &str = "refused ";
const TAKEN: &str = "taken\n";

/// What can be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// To come to the front.
    Forward,
    /// The same, with a link. Of one that is refused, its kind alone.
    Link(Result<Link, Refused>),
}

impl Handed {
    fn line(&self) -> String {
        match self {
            Handed::Forward => format!("{FORWARD}\n"),
            Handed::Link(Ok(link)) => format!("{}\n", link.text()),
            Handed::Link(Err(refused)) => format!("{REFUSED}{}\n", refused.word()),
        }
    }

    fn read(line: &str) -> Option<Handed> {
        let line = line.strip_suffix('\n')?;
        if line == FORWARD {
            return Some(Handed::Forward);
        }
        match line.strip_prefix(REFUSED) {
            Some(word) => Some(Handed::Link(Err(Refused::from_word(word)?))),
            None => Link::read(line).ok().map(|link| Handed::Link(Ok(link))),
        }
    }
}

/// Hands something to the program that runs on a profile; whether it took it. It may be starting still.
pub fn hand_over(profile: &Path, handed: &Handed) -> bool {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return false;
    };
    let handing = async {
        let mut stream = loop {
            match door::knock(profile).await {
                Ok(stream) => break stream,
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        };
        stream.write_all(handed.line().as_bytes()).await?;
        let mut answer = String::new();
        stream.take(LONGEST).read_to_string(&mut answer).await?;
        io::Result::Ok(answer == TAKEN)
    };
    let answered = runtime.block_on(async { tokio::time::timeout(ANSWERED_WITHIN, handing).await });
    matches!(answered, Ok(Ok(true)))
}

/// Takes what other starts hand over, one at a time, for as long as the program runs. The profile has to be locked by
/// this program. Where there can be no such socket, nothing is handed over, and a second start says so.
pub async fn take(profile: PathBuf, taken: impl Fn(Handed)) -> Infallible {
    let Ok(mut door) = door::Door::open(&profile) else { return std::future::pending().await };
    loop {
        match door.next().await {
            Ok(stream) => {
                if let Ok(Ok(Some(handed))) = tokio::time::timeout(SAID_WITHIN, hear(stream)).await {
                    taken(handed);
                }
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// Hears one line and answers it. Whoever is not there any more to hear the answer was told by then that nothing was
/// taken, so nothing is.
async fn hear<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S) -> io::Result<Option<Handed>> {
    let mut line = Vec::new();
    BufReader::new((&mut stream).take(LONGEST)).read_until(b'\n', &mut line).await?;
    let Some(handed) = std::str::from_utf8(&line).ok().and_then(Handed::read) else { return Ok(None) };
    stream.write_all(TAKEN.as_bytes()).await?;
    stream.flush().await?;
    Ok(Some(handed))
}

#[cfg(unix)]
mod door {
    use std::fs::{self, File, Permissions};
    use std::io;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};

    use tokio::net::{UnixListener, UnixStream};

    pub(super) struct Door(UnixListener);

    const NAME: &str = "handover";

    #[cfg(any(test, not(target_os = "linux")))]
    pub(super) fn place(profile: &Path) -> PathBuf {
        profile.join(NAME)
    }

    /// A socket's name has room for about a hundred bytes. On Linux the open folder has a short one, whatever its path.
    #[cfg(target_os = "linux")]
    fn short_place(folder: &File, _: &Path) -> PathBuf {
        use std::os::fd::AsRawFd;
        PathBuf::from(format!("/proc/self/fd/{}/{NAME}", folder.as_raw_fd()))
    }

    #[cfg(not(target_os = "linux"))]
    fn short_place(_: &File, profile: &Path) -> PathBuf {
        place(profile)
    }

    impl Door {
        /// What an earlier program left behind goes: only who holds the lock comes here.
        pub(super) fn open(profile: &Path) -> io::Result<Door> {
            let folder = File::open(profile)?;
            let place = short_place(&folder, profile);
            let _ = fs::remove_file(&place);
            let listener = UnixListener::bind(&place)?;
            fs::set_permissions(&place, Permissions::from_mode(0o600))?;
            Ok(Door(listener))
        }

        pub(super) async fn next(&mut self) -> io::Result<UnixStream> {
            let (stream, _) = self.0.accept().await?;
            of_the_same_user(stream)
        }
    }

    pub(super) async fn knock(profile: &Path) -> io::Result<UnixStream> {
        let folder = File::open(profile)?;
        of_the_same_user(UnixStream::connect(short_place(&folder, profile)).await?)
    }

    /// Asked of the system, not of the other program; a folder that others may enter is no help to them.
    fn of_the_same_user(stream: UnixStream) -> io::Result<UnixStream> {
        let same = stream.peer_cred()?.uid() == rustix::process::geteuid().as_raw();
        if same { Ok(stream) } else { Err(io::ErrorKind::PermissionDenied.into()) }
    }
}

/// Not tried. The system's usual rights let nobody but the user, administrators and the system itself write to such a
/// pipe, and tokio turns away who comes over the network.
#[cfg(windows)]
mod door {
    use std::io;
    use std::path::Path;

    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use ring::digest::{SHA256, digest};
    use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions};

    pub(super) struct Door {
        name: String,
        next: NamedPipeServer,
    }

    fn name(profile: &Path) -> io::Result<String> {
        let folder = profile.canonicalize()?;
        let short = digest(&SHA256, folder.as_os_str().as_encoded_bytes());
        Ok(format!(r"\\.\pipe\channel-keys-{}", URL_SAFE_NO_PAD.encode(short)))
    }

    impl Door {
        pub(super) fn open(profile: &Path) -> io::Result<Door> {
            let name = name(profile)?;
            // Fails where another program has taken the name before.
            let next = ServerOptions::new().first_pipe_instance(true).create(&name)?;
            Ok(Door { name, next })
        }

        pub(super) async fn next(&mut self) -> io::Result<NamedPipeServer> {
            self.next.connect().await?;
            let following = ServerOptions::new().create(&self.name)?;
            Ok(std::mem::replace(&mut self.next, following))
        }
    }

    #[expect(clippy::unused_async, reason = "the same on all systems")]
    pub(super) async fn knock(profile: &Path) -> io::Result<NamedPipeClient> {
        ClientOptions::new().open(name(profile)?)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::net::Shutdown;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::time::Instant;

    use channel_keys_core::channel::ChannelId;
    use proptest::prelude::*;
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    use super::*;

    fn to_front_desk() -> Handed {
        Handed::Link(Ok(Link::Channel(ChannelId("tQ8m2ZCH".into()))))
    }

    /// A program that runs on a profile of its own, and what it was handed.
    fn running() -> (tempfile::TempDir, UnboundedReceiver<Handed>) {
        let profile = tempfile::tempdir().expect("a folder");
        let (taken, heard) = unbounded_channel();
        tokio::spawn(take(profile.path().to_owned(), move |handed| taken.send(handed).expect("it is heard")));
        (profile, heard)
    }

    async fn hands(profile: &tempfile::TempDir, handed: Handed) -> bool {
        let folder = profile.path().to_owned();
        tokio::task::spawn_blocking(move || hand_over(&folder, &handed)).await.expect("it ends")
    }

    /// Says something that no second start would say, and gives what is answered.
    async fn says(profile: &tempfile::TempDir, bytes: &'static [u8]) -> Vec<u8> {
        let place = door::place(profile.path());
        let saying = move || {
            let mut stream = loop {
                match UnixStream::connect(&place) {
                    Ok(stream) => break stream,
                    Err(_) => std::thread::sleep(Duration::from_millis(5)),
                }
            };
            // It may be turned away before it has said all.
            let _ = stream.write_all(bytes);
            let _ = stream.shutdown(Shutdown::Write);
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            answer
        };
        tokio::task::spawn_blocking(saying).await.expect("it ends")
    }

    #[tokio::test]
    async fn what_a_second_start_hands_over_arrives_as_it_was_meant() {
        let (profile, mut heard) = running();
        let asks = "channel-keys://permission?partner=pT77xPA&number=493055570188&redirect_url=https%3A%2F%2Fx.example%2F";
        let asks = Handed::Link(Link::read(asks));
        assert!(matches!(asks, Handed::Link(Ok(Link::Request(_)))));
        for handed in [Handed::Forward, to_front_desk(), asks, Handed::Link(Err(Refused::CouldBeKey))] {
            assert!(hands(&profile, handed.clone()).await);
            assert_eq!(heard.recv().await, Some(handed));
        }
    }

    #[tokio::test]
    async fn a_folder_whose_path_is_longer_than_a_socket_s_name_may_be_is_as_good_as_any() {
        // Given programs on two long paths that begin alike
        let above = tempfile::tempdir().expect("a folder");
        let long = above.path().join("a folder with a long name ".repeat(8));
        let folders = ["one", "other"].map(|name| long.join(name));
        let mut heard = folders.clone().map(|folder| {
            fs::create_dir_all(&folder).expect("a folder");
            let (taken, heard) = unbounded_channel();
            tokio::spawn(take(folder, move |handed| taken.send(handed).expect("it is heard")));
            heard
        });

        // When the second one is started again, then it hears that, and the first one nothing
        let other = folders[1].clone();
        let handing = tokio::task::spawn_blocking(move || hand_over(&other, &to_front_desk()));
        assert!(handing.await.expect("it ends"));
        assert_eq!(heard[1].recv().await, Some(to_front_desk()));
        assert!(heard[0].is_empty());
        assert!(folders[1].join("handover").exists(), "the socket lies in its folder as any other");
    }

    #[tokio::test]
    async fn what_is_none_of_it_is_not_answered_and_keeps_nobody_else_out() {
        let (profile, mut heard) = running();
        for foreign in [
            b"".as_slice(),
            b"\n",
            b"forward",
            b"forward \n",
            b"quit\n",
            b"refused \n",
            b"refused for no reason\n",
            b"channel-keys://channel/tQ8m2ZCH?make=1\n",
            b"channel-keys://permission?client=Zx81kQCL\n",
            b"channel-keys://permission?partner=pT77xPA&redirect_url=http://x.example/\n",
            b"GET / HTTP/1.1\r\n\r\n",
            b"\xff\xfe\0\n",
            &[b'a'; 100_000],
        ] {
            assert_eq!(says(&profile, foreign).await, b"", "{:?}", String::from_utf8_lossy(foreign));
        }

        assert!(hands(&profile, to_front_desk()).await);
        assert_eq!(heard.recv().await, Some(to_front_desk()));
        assert!(heard.is_empty());
    }

    #[tokio::test]
    async fn whoever_says_nothing_is_left_after_a_moment() {
        let (profile, mut heard) = running();
        assert!(hands(&profile, Handed::Forward).await);
        heard.recv().await;
        let _silent = UnixStream::connect(door::place(profile.path())).expect("it is taken up");

        assert!(hands(&profile, to_front_desk()).await);
        assert_eq!(heard.recv().await, Some(to_front_desk()));
    }

    #[tokio::test]
    async fn a_program_that_is_frozen_is_given_up_and_follows_nothing_when_it_thaws() {
        // Given a program that takes the connection up and then stands still
        let profile = tempfile::tempdir().expect("a folder");
        let frozen = UnixListener::bind(door::place(profile.path())).expect("a socket");

        // When a second start hands it a link
        let begun = Instant::now();
        assert!(!hands(&profile, to_front_desk()).await);

        // Then it is given up in time, and the link is not followed later, when nobody expects it any more
        assert!(begun.elapsed() < ANSWERED_WITHIN * 2);
        frozen.set_nonblocking(true).expect("an option");
        let thawed = tokio::net::UnixListener::from_std(frozen).expect("a socket");
        let (stream, _) = thawed.accept().await.expect("it is still in the queue");
        assert!(!matches!(hear(stream).await, Ok(Some(_))));
    }

    #[tokio::test]
    async fn where_nobody_listens_nothing_is_handed_over() {
        let profile = tempfile::tempdir().expect("a folder");
        assert!(!hands(&profile, Handed::Forward).await);
    }

    #[tokio::test]
    async fn what_a_killed_program_left_behind_is_in_nobody_s_way_and_others_may_not_speak() {
        let profile = tempfile::tempdir().expect("a folder");
        drop(UnixListener::bind(door::place(profile.path())).expect("a socket"));
        let (taken, mut heard) = unbounded_channel();
        tokio::spawn(take(profile.path().to_owned(), move |handed| taken.send(handed).expect("it is heard")));

        assert!(hands(&profile, Handed::Forward).await);

        assert_eq!(heard.recv().await, Some(Handed::Forward));
        let mode = fs::metadata(door::place(profile.path())).expect("a socket").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    proptest! {
        #[test]
        fn whatever_line_comes_is_one_that_could_have_been_written_or_none(line in "\\PC{0,40}\n?") {
            if let Some(handed) = Handed::read(&line) {
                prop_assert!(handed.line().eq_ignore_ascii_case(&line));
            }
        }
    }
}
