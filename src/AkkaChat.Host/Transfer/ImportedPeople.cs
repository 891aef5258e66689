using AkkaChat.Host.Accounts;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Transfer;

/// <summary>
/// The people of archives: those who have an account here are known by its id, never by their name, which anybody may have
/// taken. For the others accounts are made that nobody can log in to.
/// </summary>
internal sealed class ImportedPeople(ChatDatabase database, TimeProvider time)
{
    /// <summary>The account of each, by the archive's id.</summary>
    public Task<Dictionary<string, string>> MapAsync(IReadOnlyList<ArchivedPerson> people) => database.WriteAsync(async session =>
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            var known = await session.FindAsync<string>("SELECT id FROM accounts WHERE id = @Id", new { person.Id });
            map[person.Id] = known ?? await CreateAsync(session, ChatRules.ReadName(person.Name)!);
        }

        return map;
    });

    private async Task<string> CreateAsync(DbSession session, string name)
    {
        var id = Guid.CreateVersion7().ToString("N");
        for (var number = 1; ; number++)
        {
            var tried = number == 1 ? name : $"{TypedText.BeginOf(name, ChatRules.MaxNameLength - 5)} ({number})";
            var created = await session.ExecuteAsync(
                """
                INSERT INTO accounts (id, name, name_key, role, is_greeted, created_at) VALUES (@id, @tried, @key, @role, 1, @now)
                ON CONFLICT (name_key) DO NOTHING
                """,
                new { id, tried, key = ChatRules.KeyOf(tried), role = SiteRole.Member, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
            if (created > 0)
            {
                return id;
            }
        }
    }
}
