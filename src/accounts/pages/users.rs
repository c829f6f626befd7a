//! `/users`: who may sign in, for admins.

use actix_session::Session;
use actix_web::web::{self, Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::session;
use crate::accounts::forms::{PasswordForm, UserForm};
use crate::accounts::model::{NewUser, User};
use crate::accounts::{actions, queries};
use crate::db::Db;
use crate::db::history::{self, Entry};
use crate::error::Error;
use crate::types::{FieldErrors, RecordRef, UserId};
use crate::web::{Admin, Htmx, Result, Role, Shell, html};

#[derive(Template)]
#[template(path = "accounts/users/list.html")]
struct UserList {
    shell: Shell,
    users: Vec<User>,
}

#[get("/users")]
async fn list(shell: Shell, db: Data<Db>, _: Admin) -> Result {
    let users = db.read(|conn| Ok(queries::users(conn)?)).await?;
    html::page(UserList { shell, users })
}

#[derive(Template)]
#[template(path = "accounts/users/new.html", blocks = ["user_form"])]
struct NewUserPage {
    shell: Shell,
    form: UserForm,
    errors: FieldErrors,
}

#[get("/users/new")]
async fn blank(shell: Shell, _: Admin) -> Result {
    html::page(NewUserPage {
        shell,
        form: UserForm {
            role: Role::User.to_string(),
            ..UserForm::default()
        },
        errors: FieldErrors::default(),
    })
}

#[post("/users")]
async fn create(
    shell: Shell,
    db: Data<Db>,
    htmx: Htmx,
    Admin(admin): Admin,
    form: Form<UserForm>,
) -> Result {
    let form = form.into_inner();
    let created = match form.parse_new() {
        Err(errors) => Err(errors.into()),
        Ok((input, password)) => {
            let password_hash = web::block(move || password.hash()).await??;
            let new = NewUser {
                email: input.email,
                name: input.name,
                role: input.role,
                password_hash,
            };
            db.write(&admin, move |act| {
                Ok(actions::create(act, &new, Some(admin.id))?)
            })
            .await
        }
    };
    match created {
        Ok(user) => htmx.go_saying(user.path(), format!("{} may sign in now.", user.name)),
        Err(Error::Invalid(errors)) => {
            let page = NewUserPage {
                shell,
                form,
                errors,
            };
            if htmx.targets("user-form") {
                html::invalid(page.as_user_form())
            } else {
                html::invalid(page)
            }
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "accounts/users/show.html", blocks = ["user_form", "password_form"])]
struct UserPage {
    shell: Shell,
    user: User,
    history: Vec<Entry>,
    form: UserForm,
    errors: FieldErrors,
    password_errors: FieldErrors,
}

impl UserPage {
    fn read(conn: &mut PgConnection, id: UserId, shell: Shell) -> Result<Self> {
        let user = queries::user(conn, id)?;
        Ok(Self {
            shell,
            history: history::of(conn, RecordRef::User(id))?,
            form: UserForm::from(&user),
            user,
            errors: FieldErrors::default(),
            password_errors: FieldErrors::default(),
        })
    }
}

#[get("/users/{id}")]
async fn show(shell: Shell, db: Data<Db>, _: Admin, id: Path<UserId>) -> Result {
    let id = *id;
    html::page(db.read(move |conn| UserPage::read(conn, id, shell)).await?)
}

#[post("/users/{id}")]
async fn update(
    shell: Shell,
    db: Data<Db>,
    htmx: Htmx,
    Admin(admin): Admin,
    id: Path<UserId>,
    form: Form<UserForm>,
) -> Result {
    let (id, form) = (*id, form.into_inner());
    let input = form.parse();
    let saved = db
        .write(&admin, move |act| {
            let change = input.clone()?;
            Ok(actions::update(act, id, &change, Some(admin.id))?)
        })
        .await;
    match saved {
        Ok(user) => htmx.go_saying(user.path(), "Saved."),
        Err(Error::Invalid(errors)) => {
            let mut page = db.read(move |conn| UserPage::read(conn, id, shell)).await?;
            (page.form, page.errors) = (form, errors);
            if htmx.targets("user-form") {
                html::invalid(page.as_user_form())
            } else {
                html::invalid(page)
            }
        }
        Err(error) => Err(error),
    }
}

#[post("/users/{id}/password")]
async fn set_password(
    shell: Shell,
    db: Data<Db>,
    htmx: Htmx,
    session: Session,
    Admin(admin): Admin,
    id: Path<UserId>,
    form: Form<PasswordForm>,
) -> Result {
    let id = *id;
    let mut page = db.read(move |conn| UserPage::read(conn, id, shell)).await?;
    let password = match form.parse(&page.user.email) {
        Ok(password) => password,
        Err(errors) => {
            page.password_errors = errors;
            return if htmx.targets("password-form") {
                html::invalid(page.as_password_form())
            } else {
                html::invalid(page)
            };
        }
    };
    let hash = web::block(move || password.hash()).await??;
    let epoch = db
        .write(&admin, move |act| {
            Ok(actions::set_password(act, id, &hash, Some(admin.id))?)
        })
        .await?;
    if id == admin.id {
        session::begin(&session, id, epoch)?;
    }
    htmx.go_saying(
        page.user.path(),
        format!("{} has a new password.", page.user.name),
    )
}

#[post("/users/{id}/disabling")]
async fn disable(db: Data<Db>, htmx: Htmx, Admin(admin): Admin, id: Path<UserId>) -> Result {
    let id = *id;
    db.write(&admin, move |act| {
        Ok(actions::disable(act, id, Some(admin.id))?)
    })
    .await?;
    htmx.go_saying(
        RecordRef::User(id).path(),
        "This user can no longer sign in.",
    )
}

#[post("/users/{id}/enabling")]
async fn enable(db: Data<Db>, htmx: Htmx, Admin(admin): Admin, id: Path<UserId>) -> Result {
    let id = *id;
    db.write(&admin, move |act| {
        Ok(actions::enable(act, id, Some(admin.id))?)
    })
    .await?;
    htmx.go_saying(RecordRef::User(id).path(), "This user can sign in again.")
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
