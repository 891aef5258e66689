using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>People talk: real browsers against the real program.</summary>
[Collection(ChatSite.Name)]
public sealed class ConversationTests(ChatSite site) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => site.CloseWindowsAsync();

    [Fact]
    public async Task Two_people_talk_and_each_sees_what_the_other_says_and_does()
    {
        var (ana, ben) = await TwoAsync();
        await ana.SayForGoodAsync("Good morning!");
        await ben.SeesAsync("Good morning!");
        await Expect(ana.Input).ToHaveValueAsync("");

        await ana.ToolAsync("Good morning!", "Edit");
        var editor = ana.Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Edit message" });
        await editor.FillAsync("Good morning, Ben!");
        await editor.PressAsync("Enter");
        await Expect(ben.Stored("Good morning, Ben!")).ToContainTextAsync("(edited)");

        await ben.ToolAsync("Good morning, Ben!", "Reply");
        await ben.SayForGoodAsync("Hello yourself");
        await Expect(ana.Stored("Hello yourself")).ToContainTextAsync("Good morning, Ben!");

        await ben.DoWithAsync("Hello yourself", "Delete message");
        await ben.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Delete" }).ClickAsync();
        await Expect(ana.Log.GetByText("Hello yourself")).ToHaveCountAsync(0);
        await Expect(ana.Log.GetByText("Message deleted.").Last).ToBeVisibleAsync();
        Assert.Empty(ana.Complaints);
        Assert.Empty(ben.Complaints);
    }

    [Fact]
    public async Task A_reaction_is_counted_and_taken_back()
    {
        var (ana, ben) = await TwoAsync();
        await ana.SayForGoodAsync("We shipped it");
        await ben.SeesAsync("We shipped it");
        await ben.ToolAsync("We shipped it", "Add reaction");
        await ben.Page.GetByText("🎉", new PageGetByTextOptions { Exact = true }).ClickAsync();

        var chip = ana.Stored("We shipped it").GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = "🎉" });
        await Expect(chip).ToContainTextAsync("1");
        await chip.ClickAsync();
        await Expect(chip).ToContainTextAsync("2");
        await chip.ClickAsync();
        await Expect(chip).ToContainTextAsync("1");
    }

    [Fact]
    public async Task What_is_said_elsewhere_is_counted_and_names_are_mentioned()
    {
        var (ana, ben) = await TwoAsync();
        var room = site.Unique("release");
        await ana.CreateRoomAsync(room);
        await ana.GoToAsync("lobby");

        await ben.JoinAsync(room);
        await ben.SayForGoodAsync("Shall we?");
        await ben.SayForGoodAsync($"Today, @{ana.Name}?");

        await Expect(ana.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"^\(2\) #lobby"));
        await Expect(ana.Log).Not.ToContainTextAsync("Shall we?");
        await ana.GoToAsync(room);
        await ana.SeesAsync("Shall we?");
        await Expect(ana.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^#" + room));
    }

    [Fact]
    public async Task Text_is_shown_with_emphasis_links_and_code_but_markup_as_the_text_it_is()
    {
        string[] hostile =
        [
            """<img src=x onerror="window.hacked=1">""", "<script>window.hacked=1</script>", "[x](javascript:window.hacked=1)",
            "javascript:window.hacked=1", """<a href="javascript:window.hacked=1">x</a>""", "`<svg onload=window.hacked=1>`",
            "**<b onmouseover=window.hacked=1>x</b>**", "```\n</code><script>window.hacked=1</script>\n```",
            "https://example.com/\"onclick=window.hacked=1//", "data:text/html,<script>window.hacked=1</script>",
        ];
        var (ana, ben) = await TwoAsync();
        var room = site.Unique("markup");
        await ana.CreateRoomAsync(room);
        await ben.Page.GotoAsync(ana.Page.Url);
        await ben.JoinAsync(room);
        foreach (var text in hostile)
        {
            await ana.SayAsync(text);
        }

        await ana.SayAsync("**strong** *soft* `code` https://example.com/a");
        await Expect(ben.Log.Locator("li.message[data-id]")).ToHaveCountAsync(hostile.Length + 1);
        var last = ben.Log.Locator("li.message").Last;
        await Expect(last.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { NameString = "https://example.com/a" })).ToBeVisibleAsync();
        await Expect(last.Locator("strong")).ToHaveTextAsync("strong");
        await Expect(last.Locator("code")).ToHaveTextAsync("code");

        Assert.Equal(0, await ben.Log.Locator("script, img, svg[onload], [onclick], [onerror], [onmouseover], [href^=javascript], [href^=data]").CountAsync());
        Assert.True(await ben.Page.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.True(await ana.Page.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.Empty(ben.Complaints);
    }

    [Fact]
    public async Task A_picture_is_uploaded_and_shown_to_members_only()
    {
        var (ana, ben) = await TwoAsync();
        var chooser = await ana.Page.RunAndWaitForFileChooserAsync(() => ana.Button("Attach files").ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "dot.png", MimeType = "image/png", Buffer = OnePixel });
        await Expect(ana.Button("Remove dot.png")).ToBeVisibleAsync();
        await Expect(ana.Page.GetByText("Uploading…")).ToHaveCountAsync(0);
        await ana.SayForGoodAsync("Look at this");

        var image = ben.Stored("Look at this").GetByRole(AriaRole.Img);
        await Expect(image).ToBeVisibleAsync();
        await Expect(image).ToHaveJSPropertyAsync("naturalWidth", 1);
        var address = new Uri(new Uri(site.Url), await image.GetAttributeAsync("src"));
        using var stranger = new HttpClient();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await stranger.GetAsync(address)).StatusCode);
    }

    [Theory]
    [InlineData("paste")]
    [InlineData("drop")]
    public async Task A_picture_that_is_pasted_or_dropped_on_the_page_goes_with_the_next_message(string how)
    {
        var (ana, ben) = await TwoAsync();
        await (how == "paste" ? ana.Input : ana.Log).EvaluateAsync(
            """
            (target, { how, content }) => {
              const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], 'dot.png', { type: 'image/png' }));
              const event = how === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
                : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
              target.dispatchEvent(event);
            }
            """,
            new { how, content = Convert.ToBase64String(OnePixel) });
        await Expect(ana.Button("Remove dot.png")).ToBeVisibleAsync();
        await Expect(ana.Page.GetByText("Uploading…")).ToHaveCountAsync(0);

        await ana.SayForGoodAsync($"By {how}");

        await Expect(ben.Stored($"By {how}").GetByRole(AriaRole.Img)).ToHaveJSPropertyAsync("naturalWidth", 1);
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task What_was_said_is_found_by_its_words()
    {
        var (ana, ben) = await TwoAsync();
        var word = "needle" + Guid.NewGuid().ToString("N")[..8];
        await ana.SayForGoodAsync($"a {word} in the hay");
        await ben.SeesAsync($"a {word} in the hay");

        await ben.Button("Search").ClickAsync();
        await ben.Page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = "Search messages" }).FillAsync(word);
        await ben.Page.Keyboard.PressAsync("Enter");
        var found = ben.Page.GetByRole(AriaRole.Complementary).GetByText(word);
        await Expect(found.First).ToBeVisibleAsync();
    }

    /// <summary>A picture of one point.</summary>
    private static byte[] OnePixel => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private async Task<(ChatWindow Ana, ChatWindow Ben)> TwoAsync() => (await site.ComeInAsync("Ana"), await site.ComeInAsync("Ben"));
}
