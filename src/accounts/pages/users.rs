//! `/users`: who may sign in, for admins.

use std::collections::HashMap;

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::client::Client;
use crate::accounts::limits::WarehouseNamed;
use crate::accounts::model::User;
use crate::accounts::{actions, forms, limits, queries, rights_of, set_rights};
use crate::config::Config;
use crate::db::history::{self, Entry};
use crate::error::Error;
use crate::types::{FieldErrors, Fields, RecordRef, UserId};
use crate::web::{Admin, Desk, Go, Result, Right, Role, Sheet, Shell, view};

#[derive(Template)]
#[template(path = "accounts/users/list.html")]
struct UserList {
    shell: Shell,
    users: Vec<User>,
    limits: HashMap<UserId, Vec<WarehouseNamed>>,
}
view!(UserList);

impl UserList {
    /// The warehouses a user sees, in words.
    fn warehouses_of(&self, user: &User) -> String {
        let limit = self.limits.get(&user.id).map_or(&[][..], Vec::as_slice);
        limits::in_words(limit)
    }
}

#[get("/users")]
async fn list(desk: Desk<Admin>) -> Result {
    desk.show(|conn, shell| {
        Ok(UserList {
            shell,
            users: queries::users(conn)?,
            limits: limits::limits(conn)?,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "accounts/users/new.html", blocks = ["user_form"])]
struct NewUserPage {
    shell: Shell,
    warehouses: Vec<Ticked>,
    typed: Fields,
    errors: FieldErrors,
}
view!(NewUserPage; "user-form" => as_user_form);

impl NewUserPage {
    /// Whether any right differs from those of the role.
    fn has_rights(&self) -> bool {
        differ(&self.typed)
    }
}

fn new_user(conn: &mut PgConnection, sheet: Sheet) -> Result<NewUserPage> {
    Ok(NewUserPage {
        warehouses: ticked(conn, &sheet.typed, &[])?,
        shell: sheet.shell,
        typed: sheet.typed.with("role", Role::User),
        errors: sheet.errors,
    })
}

#[get("/users/new")]
async fn blank(desk: Desk<Admin>, typed: Fields) -> Result {
    desk.ask(typed, new_user).await
}

#[post("/users")]
async fn create(desk: Desk<Admin>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let both = FieldErrors::both(forms::limit(form), forms::rights(form));
        let ((person, password), (to, rights)) = FieldErrors::both(forms::new_person(form), both)?;
        let user = actions::create(act, &person.with_password(password.hash()?))?;
        limits::limit(act, user.id, &to)?;
        set_rights(act, user.id, &rights)?;
        Ok(Go::to(user.path()).saying(format!("{} may sign in now.", user.name)))
    })
    .or_again(new_user)
    .await
}

fn differ(typed: &Fields) -> bool {
    let mut rights = Right::ALL.iter();
    rights.any(|right| !typed.get(right.as_str()).is_empty())
}

/// A warehouse, and whether its box is ticked.
struct Ticked {
    warehouse: WarehouseNamed,
    is_ticked: bool,
}

/// The warehouses somebody can be limited to, ticked as they were, or as they are.
fn ticked(
    conn: &mut PgConnection,
    typed: &Fields,
    limit: &[WarehouseNamed],
) -> Result<Vec<Ticked>> {
    let all = limits::warehouses_named(conn)?.into_iter();
    let is_ticked = |each: &WarehouseNamed| match typed.has("role") {
        true => typed.all("warehouses").any(|id| id == each.id.to_string()),
        false => limit.contains(each),
    };
    let all = all.map(|warehouse| Ticked {
        is_ticked: is_ticked(&warehouse),
        warehouse,
    });
    Ok(all.collect())
}

/// One form for the account, one for its password: what is wrong is wrong with one of them.
#[derive(Template)]
#[template(path = "accounts/users/show.html", blocks = ["user_form", "password_form"])]
struct UserPage {
    shell: Shell,
    user: User,
    warehouses: Vec<Ticked>,
    history: Vec<Entry>,
    typed: Fields,
    errors: FieldErrors,
}
view!(UserPage; "user-form" => as_user_form; "password-form" => as_password_form);

impl UserPage {
    /// Whether any right differs from those of the role.
    fn has_rights(&self) -> bool {
        differ(&self.typed)
    }
}

fn user(conn: &mut PgConnection, sheet: Sheet, id: UserId) -> Result<UserPage> {
    let user = queries::user(conn, id)?;
    let limit = limits::limit_of(conn, id)?;
    let warehouses = ticked(conn, &sheet.typed, &limit)?;
    let rights = rights_of(conn, id)?.iter().collect::<Vec<_>>().into_iter();
    let typed = rights.fold(sheet.typed, |typed, (right, is_given)| {
        typed.with(right.as_str(), if is_given { "yes" } else { "no" })
    });
    let typed = typed.with("name", &user.name).with("email", &user.email);
    Ok(UserPage {
        shell: sheet.shell,
        history: history::of(conn, RecordRef::User(id))?,
        typed: typed.with("role", user.role),
        warehouses,
        user,
        errors: sheet.errors,
    })
}

#[get("/users/{id}")]
async fn show(desk: Desk<Admin>, id: Path<UserId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| user(conn, sheet, *id))
        .await
}

#[post("/users/{id}")]
async fn update(
    client: Client,
    desk: Desk<Admin>,
    config: Data<Config>,
    id: Path<UserId>,
    form: Fields,
) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let both = FieldErrors::both(forms::limit(form), forms::rights(form));
        let (person, (to, rights)) = FieldErrors::both(forms::person(form), both)?;
        actions::update(act, id, &person, client.via(&config))?;
        limits::limit(act, id, &to)?;
        set_rights(act, id, &rights)?;
        Ok(Go::from(RecordRef::User(id)).saying("Saved."))
    })
    .or_again(move |conn, sheet| user(conn, sheet, id))
    .await
}

#[post("/users/{id}/password")]
async fn set_password(
    client: Client,
    desk: Desk<Admin>,
    config: Data<Config>,
    id: Path<UserId>,
    form: Fields,
) -> Result {
    let (id, admin) = (*id, desk.visitor().id);
    desk.act(form, move |act, form| {
        if id == admin {
            return Err(Error::Refused(OWN.into()));
        }
        let user = queries::user(act, id)?;
        let password = forms::new_password(form, &user)?;
        actions::set_password(act, id, &password, None, client.via(&config))?;
        Ok(Go::to(user.path()).saying(format!("{} has a new password.", user.name)))
    })
    .or_again(move |conn, sheet| user(conn, sheet, id))
    .await
}

/// One's own is changed by whoever knows the current one.
const OWN: &str = "Change your own password under Your account: it asks for the current one.";

#[post("/users/{id}/disabling")]
async fn disable(desk: Desk<Admin>, id: Path<UserId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        actions::disable(act, *id)?;
        Ok(Go::from(RecordRef::User(*id)).saying("This user can no longer sign in."))
    })
    .await
}

#[post("/users/{id}/enabling")]
async fn enable(desk: Desk<Admin>, id: Path<UserId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        actions::enable(act, *id)?;
        Ok(Go::from(RecordRef::User(*id)).saying("This user can sign in again."))
    })
    .await
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(blank)
        .service(create)
        .service(show)
        .service(update)
        .service(set_password)
        .service(disable)
        .service(enable);
}
