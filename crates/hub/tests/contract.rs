//! The client against the practice Hub, over real HTTP; and against hosts that do what no Hub should.

#[path = "contract/channels.rs"]
mod channels;
#[path = "contract/clients.rs"]
mod clients;
#[path = "contract/health.rs"]
mod health;
#[path = "contract/kept.rs"]
mod kept;
#[path = "contract/making.rs"]
mod making;
#[path = "contract/odd_answers.rs"]
mod odd_answers;
#[path = "contract/on_behalf.rs"]
mod on_behalf;
#[path = "contract/partner.rs"]
mod partner;
#[path = "contract/partner_failures.rs"]
mod partner_failures;
#[path = "contract/partner_lists.rs"]
mod partner_lists;
#[path = "contract/permissions.rs"]
mod permissions;
#[path = "contract/practice.rs"]
mod practice;
#[path = "contract/proxies.rs"]
mod proxies;
#[path = "contract/reach.rs"]
mod reach;
#[path = "contract/scripted.rs"]
mod scripted;
#[path = "contract/shared.rs"]
mod shared;
#[path = "contract/sign_in.rs"]
mod sign_in;
#[path = "contract/unanswered.rs"]
mod unanswered;
#[path = "contract/webhook.rs"]
mod webhook;
